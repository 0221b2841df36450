import { css } from 'lit';

/** What scrolls, the lines in it, and what stands at its end. */
export const transcript = css`
  .thread {
    position: relative;
    flex: 1;
    min-block-size: 0;
    display: flex;
    &::after {
      content: '';
      position: absolute;
      inset: auto 0 0;
      block-size: 16px;
      pointer-events: none;
      background: linear-gradient(transparent, var(--chat-surface));
    }
  }
  .transcript {
    position: relative;
    flex: 1;
    display: flex;
    overflow: hidden auto;
    overscroll-behavior: contain;
    /* The browser would hold on to the picture of a group, which moves as the group grows. */
    overflow-anchor: none;
    scrollbar-width: thin;
    scrollbar-color: color-mix(in oklab, var(--chat-text) 22%, transparent) transparent;
    padding: 20px 16px 0;
    outline-offset: -3px;
  }
  .messages {
    flex: 1;
    min-inline-size: 0;
    margin-block-start: auto;
  }
  .older.text-button {
    display: flex;
    margin: 0 auto 8px;
    font: 650 var(--_sm);
  }
  .day,
  .unread-line {
    display: flex;
    align-items: center;
    gap: 12px;
    margin-block: 4px 16px;
    font: 600 var(--_xs);
    color: var(--chat-text-muted);
    &::before,
    &::after {
      content: '';
      flex: 1;
      border-block-start: 1px solid var(--chat-line);
    }
  }
  .unread-line {
    color: var(--chat-danger);
    &::before,
    &::after {
      border-color: color-mix(in oklab, currentColor 50%, transparent);
    }
  }
  .system {
    display: flex;
    justify-content: center;
    align-items: center;
    gap: 8px;
    margin-block: 4px 16px;
    padding-inline: 24px;
    font: var(--_sm);
    text-align: center;
    color: var(--chat-text-muted);
    svg {
      inline-size: 16px;
      block-size: 16px;
    }
    .avatar {
      inline-size: 20px;
      block-size: 20px;
      font-size: calc(9 * var(--chat-unit));
    }
    strong {
      color: var(--chat-text);
      font-weight: 650;
    }
    time {
      white-space: nowrap;
    }
  }
  .quick-replies {
    display: flex;
    flex-wrap: wrap;
    justify-content: flex-end;
    gap: 8px;
    padding-block-end: 16px;
  }
  .quick-reply {
    min-block-size: 36px;
    padding: 4px 12px;
    border-radius: var(--chat-radius-control);
    border-color: currentColor;
    color: var(--chat-brand-text);
    background: var(--chat-surface);
    font: 600 var(--_md);
    overflow-wrap: anywhere;
    &:hover {
      background: var(--chat-brand-soft);
    }
    &:active {
      scale: 0.97;
    }
  }
  .jump {
    position: absolute;
    z-index: 1;
    inset: auto 0 12px;
    margin-inline: auto;
    inline-size: max-content;
    display: flex;
    align-items: center;
    gap: 8px;
    min-block-size: 36px;
    padding-inline: 12px 16px;
    border-radius: var(--chat-radius-control);
    background: var(--chat-text);
    color: var(--chat-surface);
    font: 600 var(--_sm);
    box-shadow: var(--chat-shadow-launcher);
    svg {
      inline-size: 16px;
      block-size: 16px;
    }
  }
  .queue {
    padding: 20px;
    margin-block: 4px 16px;
    text-align: center;
    .place,
    .wait {
      margin-block-end: 4px;
    }
    .place {
      font: 600 var(--_sm);
      color: var(--chat-text-muted);
    }
    .wait {
      font-weight: 650;
    }
    .share {
      font: var(--_sm);
      color: var(--chat-text-muted);
    }
  }
  .queue-number {
    margin-block-end: 8px;
    font: 680 calc(44 * var(--chat-unit)) / calc(48 * var(--chat-unit)) var(--chat-font);
    letter-spacing: -0.03em;
    sup {
      font-size: 0.42em;
      line-height: 0;
      letter-spacing: 0;
    }
  }
  .queue-rail {
    display: flex;
    align-items: center;
    justify-content: center;
    margin-block: 16px 12px;
    i {
      inline-size: 72px;
      position: relative;
      border-block-start: 2px dashed var(--chat-line-strong);
      &::after {
        content: '';
        position: absolute;
        inset: -8px 29px auto;
        block-size: 14px;
        border: 2px solid var(--chat-line-strong);
        border-radius: 50%;
        background: var(--chat-surface-raised);
      }
    }
    b {
      padding: 4px 12px;
      border-radius: 10px;
      background: var(--chat-brand-fill);
      color: var(--chat-on-brand);
      font: 650 var(--_sm);
      position: relative;
      &::after {
        content: '';
        position: absolute;
        inset: -5px;
        border-radius: 14px;
        border: 2px solid var(--chat-brand-line);
        animation: cw-ring 2s ease-out infinite;
      }
    }
  }
  @keyframes cw-ring {
    from {
      opacity: 0.9;
    }
    70%,
    to {
      opacity: 0;
      transform: scale(1.12, 1.3);
    }
  }
  @container chat (width < 360px) {
    .transcript {
      padding: 16px 12px 0;
    }
  }
  @container chat (width >= 560px) {
    .transcript {
      padding: 28px 32px 0;
    }
  }
  @media (pointer: coarse) {
    .quick-reply,
    .jump {
      min-block-size: 44px;
    }
  }
  @media (forced-colors: active) {
    .jump {
      border-color: ButtonBorder;
    }
    .queue-rail b {
      forced-color-adjust: none;
      background: Highlight;
      color: HighlightText;
    }
  }
`;
