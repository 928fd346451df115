import type { TextKind } from '#domain/templates';
import type { View } from '../kit/index.ts';

/** "Invoice", or "Several documents". */
export function kindWord({ t }: View, kind: TextKind): string {
  return kind === 'several' ? t('templates.several') : t(`kind.${kind}`);
}
