import { css } from 'lit';

/**
 * Where the widget stands, and what the launcher looks like before anything else; the rest is in `inside.ts`. The reset stands on an element of our
 * own too, since a page's "* { all: unset !important }" reaches the host.
 */
export const frame = css`
  :host,
  .frame {
    all: initial;
  }
  :host {
    display: contents;
  }
  :host([mode='inline']) {
    display: block;
    inline-size: 100%;
    block-size: 100%;
  }
  :host([hidden]) {
    display: none;
  }
  .frame {
    --chat-unit: calc(1em / 16);
    --_md: calc(15 * var(--chat-unit)) / calc(22 * var(--chat-unit)) var(--chat-font);
    display: block;
    color-scheme: light dark;
    /* The family too: WebKit keeps the page's in spite of the reset. */
    font: medium var(--chat-font);
    -webkit-font-smoothing: antialiased;
    text-size-adjust: 100%;
  }
  .light {
    color-scheme: light;
  }
  .dark {
    color-scheme: dark;
  }
  .frame.floating {
    position: fixed;
    z-index: var(--chat-z-index);
    /* Of a notch both sides tell, and either may be the one with the launcher. */
    --_side: max(var(--chat-offset), env(safe-area-inset-left), env(safe-area-inset-right));
    --_foot: max(var(--chat-offset), env(safe-area-inset-bottom));
    inset-block-end: var(--_foot);
    inset-inline-end: var(--_side);
  }
  .frame.start {
    inset-inline: var(--_side) auto;
  }
  cw-launcher {
    display: contents;
  }
  *,
  ::before,
  ::after {
    box-sizing: border-box;
  }
  :where(button) {
    margin: 0;
    padding: 0;
    border: 1px solid transparent;
    cursor: pointer;
    touch-action: manipulation;
    -webkit-tap-highlight-color: transparent;
  }
  svg {
    display: block;
    flex: none;
    inline-size: 20px;
    block-size: 20px;
    fill: none;
    stroke: currentColor;
    stroke-width: 1.6;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  :focus-visible {
    outline: 2px solid var(--chat-focus);
    outline-offset: 2px;
  }
  .vh:not(:focus-visible) {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  @media (prefers-reduced-motion: reduce) {
    *,
    ::before,
    ::after {
      animation: none !important;
      transition: opacity 80ms !important;
    }
    button {
      transform: none !important;
      scale: none !important;
    }
  }
  @media (forced-colors: active) {
    :focus-visible {
      outline: 3px solid Highlight;
    }
  }
`;
