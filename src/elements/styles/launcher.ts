import { css } from 'lit';

/** The button in the corner, as long as nobody is near it; see also `badge.ts` and `inside.ts`. */
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
  @media (forced-colors: active) {
    .launcher {
      forced-color-adjust: none;
      background: Highlight;
      color: HighlightText;
    }
  }
`;
