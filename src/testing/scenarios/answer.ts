import type { QuickReply, Source } from '../../protocol/message.js';

/** What a scripted AI or person answers. */
export interface Answer {
  /** What is said. */
  text: string;
  /** Names a step while it thinks, such as "Looking up your order". */
  label?: string;
  /** Pages it was drawn from. */
  sources?: readonly Source[];
  /** Quick replies that go with it. */
  actions?: readonly QuickReply[];
}
