import { LitElement } from 'lit';
import { property } from './property.js';
import { Language } from '../../i18n/language.js';
import { IntentEvent, type Intents } from './intents.js';

/**
 * An element inside `<chat-widget>`. It renders into itself and not into a shadow root of its own: so every part can be
 * styled as `chat-widget::part(…)`, one set of sheets serves all, ids can refer to each other, and a bubble stays cheap.
 */
export class InnerElement extends LitElement {
  /** Speaks to the reader. */
  @property({ attribute: false }) language = new Language();

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  /**
   * Tells the widget what the guest wants.
   * @returns false when the widget declined
   */
  ask<T extends keyof Intents>(type: T, ...detail: Intents[T]): boolean {
    return this.dispatchEvent(new IntentEvent(type, ...detail));
  }
}
