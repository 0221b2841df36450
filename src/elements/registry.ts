/** Registers elements. A tag that the page, or another copy of the widget, has taken is left alone. */
export function register(elements: Readonly<Record<string, CustomElementConstructor>>): void {
  for (const [tag, element] of Object.entries(elements)) {
    if (!customElements.get(tag)) customElements.define(tag, element);
  }
}
