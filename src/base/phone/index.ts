export { mobileForm, readMobile, shownMobile, tailOfMobile } from './mobile.ts';
