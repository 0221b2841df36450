/** What a guest can want of the widget, with what belongs to it. Inner elements say it, `<chat-widget>` acts. */
export interface Intents {
  /** Open or close the panel. */
  'cw-toggle': [];
  /** Close the panel. */
  'cw-close': [];
  /** Say something; declined when the page refuses it. */
  'cw-send': [said: { text: string; action?: { messageId: string; value: string } }];
  /** Try a failed message again. */
  'cw-retry': [clientId: string];
  /** Delete a failed message. */
  'cw-remove': [clientId: string];
  /** End the growing reply. */
  'cw-stop': [messageId: string];
  /** Talk to a person. */
  'cw-escalate': [];
  /** Leave the queue. */
  'cw-leave': [];
  /** Try to reach the backend now. */
  'cw-connect': [];
  /** Has seen that messages are not kept on this device. */
  'cw-accept-unsaved': [];
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
