/** What a guest can want of the widget, with what belongs to it. Inner elements say it, `<chat-widget>` acts, or the transcript, which has the client. */
export interface Intents {
  /** Close the panel. */
  'cw-close': [];
  /** Say something; declined when the page refuses it. */
  'cw-send': [said: { text: string; action?: { messageId: string; value: string } }];
  /** Try a failed message again. */
  'cw-retry': [clientId: string];
  /** Delete a failed message. */
  'cw-remove': [clientId: string];
  /** Say what one makes of a message, or take it back. */
  'cw-react': [messageId: string, emoji: string, active: boolean];
  /** Talk to a person. */
  'cw-escalate': [];
  /** Leave the queue. */
  'cw-leave': [];
  /** Try to reach the backend now. */
  'cw-connect': [];
  /** Scroll the transcript by pages. */
  'cw-page': [pages: number];
  /** Go to the message box. */
  'cw-write': [];
}

/** An intent on its way to `<chat-widget>`; it never leaves the shadow tree. */
export class IntentEvent<T extends keyof Intents> extends Event {
  readonly detail: Intents[T];

  constructor(type: T, ...detail: Intents[T]) {
    super(type, { bubbles: true, cancelable: true });
    this.detail = detail;
  }
}
