import { css } from 'lit';

/** Whether an answer was helpful; beside its time. */
export const feedback = css`
  cw-feedback {
    display: contents;
  }
  .feedback {
    display: inline-flex;
    gap: 4px;
    .icon-button {
      inline-size: 28px;
      block-size: 28px;
      border-radius: 8px;
    }
    .down {
      rotate: 180deg;
    }
    [aria-pressed='true'] {
      color: var(--chat-brand-text);
      background: var(--chat-brand-soft);
      svg {
        fill: currentColor;
      }
    }
  }
  @media (forced-colors: active) {
    .feedback [aria-pressed='true'] {
      forced-color-adjust: none;
      background: Highlight;
      color: HighlightText;
    }
  }
`;
