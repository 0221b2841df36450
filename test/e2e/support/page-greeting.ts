import { css, html, LitElement } from 'lit';

/** An element of the page, made with Lit as the widget is. */
class PageGreeting extends LitElement {
  #whose = 'the page';

  static override styles = css`
    p {
      color: rgb(1, 2, 3);
    }
  `;

  protected override render() {
    return html`<p>Hello from ${this.#whose}</p>`;
  }
}

customElements.define('page-greeting', PageGreeting);
