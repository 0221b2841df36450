import { css } from 'lit';

/** Who answers, and the news of the line. */
export const header = css`
  .header {
    display: flex;
    align-items: center;
    gap: 12px;
    min-block-size: 68px;
    padding-block: 12px;
    padding-inline: 16px 12px;
    border-block-end: 1px solid var(--chat-line);
    flex: none;
  }
  .header-text {
    flex: 1;
    min-inline-size: 0;
  }
  .title {
    font: 650 calc(15 * var(--chat-unit)) / calc(20 * var(--chat-unit)) var(--chat-font);
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .subtitle {
    display: flex;
    align-items: center;
    gap: 8px;
    font: var(--_sm);
    color: var(--chat-text-muted);
  }
  .presence {
    inline-size: 8px;
    block-size: 8px;
    border-radius: 50%;
    background: var(--chat-success);
    flex: none;
    &.away {
      background: none;
      border: 2px solid var(--chat-text-muted);
    }
  }
  .banner {
    --_tone: var(--chat-warning);
    display: flex;
    align-items: center;
    gap: 12px;
    min-block-size: 36px;
    padding-block: 4px;
    padding-inline: 16px 12px;
    font: var(--_sm);
    color: var(--_tone);
    background: var(--chat-warning-soft);
    border-block-end: 1px solid color-mix(in oklab, var(--_tone) 18%, transparent);
    flex: none;
    &.danger {
      --_tone: var(--chat-danger);
      background: var(--chat-danger-soft);
    }
    &.success {
      --_tone: var(--chat-success);
      background: var(--chat-success-soft);
    }
    svg {
      inline-size: 18px;
      block-size: 18px;
    }
    p {
      flex: 1;
      padding-block: 4px;
      font-variant-numeric: tabular-nums;
    }
    strong {
      font-weight: 650;
    }
  }
  .sync {
    animation: cw-spin 900ms linear infinite;
  }
  .banner-action {
    min-block-size: 28px;
    padding: 0 12px;
    border-radius: 8px;
    background: color-mix(in oklab, currentColor 10%, transparent);
    font: 650 var(--_sm);
    white-space: nowrap;
  }
  @keyframes cw-spin {
    to {
      rotate: 1turn;
    }
  }
  @container chat (width < 360px) {
    .header {
      gap: 8px;
      min-block-size: 60px;
      padding-inline: 12px 8px;
    }
  }
  @container chat (width >= 560px) {
    .header {
      padding-inline: 28px 20px;
    }
  }
  @media (pointer: coarse) {
    .banner-action {
      min-block-size: 44px;
    }
  }
  @media (forced-colors: active) {
    .banner-action {
      border-color: ButtonBorder;
    }
    .presence {
      forced-color-adjust: none;
      background: CanvasText;
      &.away {
        background: Canvas;
        border-color: CanvasText;
      }
    }
  }
`;
