export { AddressField, type KnownAddress } from './address-field.tsx';
export { Button, LinkButton, PostButton } from './button.tsx';
export {
  Envelope,
  type EnvelopeModel,
  type EnvelopeState,
  envelopeWord,
  LiveEnvelope,
  LiveMessageEnvelope,
  type TipLine,
} from './envelope.tsx';
export { Facts } from './facts.tsx';
export {
  CheckField,
  type Choice,
  type Errors,
  Field,
  Form,
  RadioField,
  SelectField,
  TextField,
} from './form.tsx';
export { GoingOut, type GoingOutModel } from './going-out.tsx';
export {
  Chip,
  type ChipModel,
  type Count,
  countText,
  PageHead,
  Section,
  Segments,
  type Tab,
  Tabs,
} from './head.tsx';
export {
  DispatchLine,
  type Happening,
  People,
  type Person,
  Timeline,
  type TimelineActor,
  TimelineLegend,
} from './history.tsx';
export { type EnvelopeIcon, Icon, type IconName } from './icon.tsx';
export { BarePage, Layout, Page } from './layout.tsx';
export { BulkBar, Cell, type Column, GroupRow, menuColumn, Pager, Row, Table, TickCell } from './list.tsx';
export { MadeSecret } from './made-secret.tsx';
export { Menu, MenuButton, MenuLink, RowMenu } from './menu.tsx';
export { EmptyPlace, Note, type NoteState, ServerWords } from './note.tsx';
export { NoSign, PagesSeen, type SeenPage } from './pages-seen.tsx';
export { paths, withQuery } from './paths.ts';
export { Problem, type ProblemKind } from './problem.tsx';
export { SaveOrCancel } from './save.tsx';
export { Pages } from './sheet.tsx';
export { Day, Money, When } from './values.tsx';
export { type FlashModel, type Place, places, type Theme, type View, viewAt } from './view.ts';
