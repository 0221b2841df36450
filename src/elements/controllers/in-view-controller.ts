import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** Tells whether its host can be seen in the window. */
export class InViewController implements ReactiveController {
  /** Whether some of the host is in view. */
  inView = false;
  readonly #host: ReactiveControllerHost & Element;
  #observer: IntersectionObserver | undefined;

  constructor(host: ReactiveControllerHost & Element) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {
    this.#observer ??= new IntersectionObserver((entries) => {
      const inView = entries.at(-1)!.isIntersecting;
      if (inView === this.inView) return;
      this.inView = inView;
      this.#host.requestUpdate();
    });
    this.#observer.observe(this.#host);
  }

  hostDisconnected(): void {
    this.#observer?.disconnect();
  }
}
