import { css } from 'lit';

/** What the elements inside the panel look like before anything else, and the launcher under a pointer, which fetches this. */
export const inside = css`
  .frame {
    --_xs: calc(12 * var(--chat-unit)) / calc(16 * var(--chat-unit)) var(--chat-font);
    --_sm: calc(13 * var(--chat-unit)) / calc(18 * var(--chat-unit)) var(--chat-font);
    color: var(--chat-text);
    text-align: start;
    overflow-wrap: anywhere;
  }
  .frame.inline {
    block-size: 100%;
  }
  cw-panel {
    display: contents;
  }
  :where(h2, h3, p) {
    margin: 0;
    font: inherit;
  }
  :where(button, textarea) {
    font: inherit;
    color: inherit;
    margin: 0;
    padding: 0;
    background: none;
    border: 1px solid transparent;
    text-align: start;
  }
  @media (forced-colors: none) {
    .launcher:hover {
      background: var(--chat-brand-hover);
    }
  }
  .filled {
    fill: currentColor;
  }
`;
