import { Application } from '@hotwired/stimulus';
import { config } from '@hotwired/turbo';
import { Addresses } from './addresses.ts';
import { askFirst } from './confirm.ts';
import { Copy } from './copy.ts';
import { Countdown } from './countdown.ts';
import { openDialogs } from './dialogs.ts';
import { DropZone } from './drop-zone.ts';
import { FileField } from './file-field.ts';
import { Keys } from './keys.ts';
import { Live } from './live.ts';
import { Menu } from './menu.ts';
import { Preview } from './preview.ts';
import { RichText } from './rich-text.ts';
import { Theme } from './theme.ts';
import { Ticks } from './ticks.ts';
import { Tips } from './tips.ts';
import { Variables } from './variables.ts';

// Pages come at once; a bar would only blink, and its style element would break the content policy.
config.drive.progressBarDelay = 2 ** 31 - 1;
config.forms.confirm = askFirst;
openDialogs();

const application = Application.start();
application.register('addresses', Addresses);
application.register('copy', Copy);
application.register('countdown', Countdown);
application.register('drop-zone', DropZone);
application.register('file-field', FileField);
application.register('keys', Keys);
application.register('live', Live);
application.register('menu', Menu);
application.register('preview', Preview);
application.register('rich-text', RichText);
application.register('theme', Theme);
application.register('ticks', Ticks);
application.register('tips', Tips);
application.register('variables', Variables);
