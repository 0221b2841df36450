import { css } from 'lit';

/** The button in the corner. */
export const launcher = css`
  .launcher {
    position: relative;
    display: flex;
    align-items: center;
    justify-content: center;
    gap: 8px;
    min-inline-size: 56px;
    max-inline-size: calc(100vw - 2 * var(--chat-offset));
    block-size: 56px;
    border-radius: 20px;
    background: var(--chat-brand-fill);
    color: var(--chat-on-brand);
    box-shadow:
      var(--chat-shadow-launcher),
      inset 0 1px 0 rgb(255 255 255 / 0.16);
    font: 600 var(--_md);
    white-space: nowrap;
    transition: transform var(--chat-base) var(--chat-ease-spring);
    &:hover {
      transform: translateY(-2px);
      background: var(--chat-brand-hover);
    }
    &:active {
      transform: scale(0.95);
    }
    svg,
    ::slotted(*) {
      inline-size: 28px;
      block-size: 28px;
      stroke-width: 1.8;
    }
  }
  .labelled {
    padding-inline: 16px 20px;
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
    .launcher,
    .launcher:hover {
      forced-color-adjust: none;
      background: Highlight;
      color: HighlightText;
    }
    .badge {
      border: 1px solid CanvasText;
    }
  }
`;
