import type { LitElement, ReactiveController } from 'lit';
import type { ChatMessage } from '../../conversation/state.js';
import type { Language } from '../../i18n/language.js';
import type { CwFeedback } from '../cw-feedback.js';
import { ChatErrorEvent } from '../events.js';
import { wear } from '../load.js';

/** An answer that comes sooner than this after another one is asked about when none has come for so long, in milliseconds. */
const QUIET_MS = 300;

/**
 * Asks whether the newest answer was helpful. The one element for that moves on with every answer, except where they come one
 * upon the other: to move two buttons costs as much as to draw the message, and nobody could press them.
 */
export class FeedbackController implements ReactiveController {
  /** What asks, once it has been fetched; it is put where it belongs by who draws the answer. */
  element: CwFeedback | undefined;
  /** Id of the answer that is asked about now. */
  id: string | undefined;
  readonly #host: LitElement;
  #newest: string | undefined;
  #cameAt = -Infinity;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #fetched = false;

  constructor(host: LitElement) {
    this.#host = host;
    host.addController(this);
  }

  hostDisconnected(): void {
    clearTimeout(this.#timer);
    this.#cameAt = -Infinity;
    this.#newest = undefined;
  }

  /**
   * Sees what is about to be drawn.
   * @param rated id of the newest answer that the backend wants to know about
   */
  see(rated: string | undefined, messages: readonly ChatMessage[], language: Language): void {
    if (rated !== this.#newest) this.#turn(rated);
    const message = this.id === undefined ? undefined : messages.findLast(({ id }) => id === this.id);
    if (!message) return;
    if (!this.#fetched) void this.#fetch();
    this.element ??= document.createElement('cw-feedback') as CwFeedback;
    Object.assign(this.element, { message, language });
  }

  #turn(rated: string | undefined): void {
    clearTimeout(this.#timer);
    const before = this.#cameAt;
    this.#newest = rated;
    this.#cameAt = performance.now();
    if (this.#cameAt - before > QUIET_MS) {
      this.id = rated;
      return;
    }
    this.id = undefined;
    this.#timer = setTimeout(() => {
      this.id = rated;
      this.#host.requestUpdate();
    }, QUIET_MS);
  }

  /** Without it nobody is asked. */
  async #fetch(): Promise<void> {
    this.#fetched = true;
    try {
      wear(await import('../parts/feedback.js'), this.#host.getRootNode() as ShadowRoot);
    } catch (error) {
      this.#host.dispatchEvent(new ChatErrorEvent('load', error as Error));
    }
  }
}
