/** Manners towards those who use the page by keyboard: fetched when something in the page is focused for the first time. */
import type { ChatWidget } from '../chat-widget.js';
import { AsideController } from '../controllers/aside-controller.js';

/** Has a widget make way for what has the focus in the page. */
export function aside(widget: ChatWidget): void {
  widget.addController(new AsideController(widget));
}
