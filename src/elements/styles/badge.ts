import { css } from 'lit';

/** The number on the launcher, which comes with the client that counts. */
export const badge = css`
  :host {
    --chat-badge: #c4281c;
  }
  .badge {
    position: absolute;
    inset-block-start: -7px;
    inset-inline-end: -7px;
    min-inline-size: 22px;
    padding-inline: 4px;
    border-radius: 11px;
    background: var(--chat-badge);
    color: #fff;
    font: 650 calc(12 * var(--chat-unit)) / calc(22 * var(--chat-unit)) var(--chat-font);
    text-align: center;
    box-shadow: 0 0 0 2px light-dark(#fff, #15191c);
  }
  @media (forced-colors: active) {
    .badge {
      border: 1px solid CanvasText;
    }
  }
`;
