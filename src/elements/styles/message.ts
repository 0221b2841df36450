import { css } from 'lit';

/** Groups and bubbles. Roles differ by side, form, picture and tag, so that no meaning is in colour alone. */
export const message = css`
  .group {
    display: grid;
    grid-template-columns: 28px minmax(0, 1fr);
    column-gap: 8px;
    margin-block-end: 16px;
    > .avatar {
      align-self: end;
      margin-block-end: 20px;
    }
    &.ai > .avatar {
      align-self: start;
    }
    &.guest {
      grid-template-columns: minmax(0, 1fr);
      .group-body {
        align-items: flex-end;
      }
      .meta {
        justify-content: flex-end;
      }
    }
  }
  .group-body {
    display: flex;
    flex-direction: column;
    align-items: flex-start;
    gap: 3px;
    min-inline-size: 0;
  }
  .author {
    display: flex;
    align-items: center;
    gap: 8px;
    max-inline-size: 100%;
    /* With the gap it makes 4. */
    margin-block-end: 1px;
    font: 650 var(--_sm);
    bdi {
      min-inline-size: 0;
      overflow: hidden;
      text-overflow: ellipsis;
      white-space: nowrap;
    }
  }
  .role-tag {
    flex: none;
    padding-inline: 4px;
    border: 1px solid var(--chat-staff-line);
    border-radius: 6px;
    font: 600 var(--_xs);
    color: var(--chat-staff-accent);
    background: var(--chat-staff-bg);
    &.ai {
      color: var(--chat-brand-text);
      background: var(--chat-brand-soft);
      border-color: var(--chat-brand-line);
    }
  }
  .bubble {
    max-inline-size: min(84%, 34em);
    padding: 8px 12px;
    border: 1px solid transparent;
    border-radius: var(--chat-radius-bubble);
    font: var(--_md);
    overflow-wrap: anywhere;
    white-space: pre-wrap;
    unicode-bidi: plaintext;
    text-align: start;
    &.guest {
      background: var(--chat-brand-fill);
      color: var(--chat-on-brand);
      border-end-end-radius: var(--chat-radius-tail);
      &:not(.first) {
        border-start-end-radius: var(--chat-radius-tail);
      }
    }
    &.ai {
      max-inline-size: 100%;
      background: var(--chat-surface-raised);
      border-color: var(--chat-line);
      border-start-start-radius: var(--chat-radius-tail);
    }
    &.staff {
      background: var(--chat-staff-bg);
      color: var(--chat-staff-text);
      border-color: var(--chat-staff-line);
      border-end-start-radius: var(--chat-radius-tail);
      &:not(.first) {
        border-start-start-radius: var(--chat-radius-tail);
      }
    }
    &.queued {
      background: var(--chat-brand-soft);
      color: var(--chat-text);
      border: 1px dashed var(--chat-brand-text);
    }
    &.failed {
      background: var(--chat-danger-soft);
      color: var(--chat-text);
      border-color: var(--chat-danger);
    }
    &.fresh {
      animation: cw-in var(--chat-base) var(--chat-ease-out) backwards;
    }
    /* A message that leaves at once must not flash as one that waits. */
    &.fresh.queued {
      animation:
        cw-in var(--chat-base) var(--chat-ease-out) backwards,
        cw-leaving 300ms;
    }
  }
  .meta {
    display: flex;
    align-items: center;
    flex-wrap: wrap;
    gap: 4px;
    margin-block-start: 1px;
    padding-inline: 4px;
    font: var(--_xs);
    font-variant-numeric: tabular-nums;
    color: var(--chat-text-muted);
    svg {
      inline-size: 16px;
      block-size: 16px;
      stroke-width: 1.8;
    }
    &.queued {
      animation: cw-fade var(--chat-base) 300ms backwards;
    }
    &.failed {
      color: var(--chat-danger);
      font-weight: 600;
    }
  }
  .bubble:not(.last) ~ .meta {
    margin-block-end: 8px;
  }
  .status,
  .text-button {
    display: inline-flex;
    align-items: center;
    gap: 4px;
  }
  .read > .status {
    color: var(--chat-brand-text);
    font-weight: 600;
  }
  .text-button {
    min-block-size: 24px;
    padding-inline: 4px;
    border-radius: 6px;
    color: var(--chat-brand-text);
    font-weight: 650;
    text-decoration: underline 1px;
    text-underline-offset: 3px;
    &:hover {
      background: var(--chat-brand-soft);
    }
  }
  .caret {
    display: inline-block;
    inline-size: 9px;
    block-size: 9px;
    /* It takes no room, so that it never needs a line of its own. */
    margin-inline: 4px -13px;
    border-radius: 3px;
    background: var(--chat-brand-text);
    animation: cw-pulse 1.1s ease-in-out infinite;
  }
  @keyframes cw-in {
    from {
      opacity: 0;
      transform: translateY(6px);
    }
  }
  @keyframes cw-leaving {
    from,
    to {
      background: var(--chat-brand-fill);
      color: var(--chat-on-brand);
      border-color: transparent;
    }
  }
  @keyframes cw-pulse {
    50% {
      opacity: 0.35;
      transform: scale(0.8);
    }
  }
  @container chat (width < 360px) {
    .group {
      grid-template-columns: minmax(0, 1fr);
      > .avatar {
        display: none;
      }
    }
    .bubble {
      max-inline-size: 92%;
    }
  }
  @container chat (width >= 560px) {
    .bubble.ai {
      max-inline-size: min(100%, 44em);
    }
  }
  @media (pointer: coarse) {
    .text-button {
      min-block-size: 44px;
    }
  }
  @media (forced-colors: active) {
    .bubble {
      border: 1px solid CanvasText;
      &.guest {
        forced-color-adjust: none;
        background: Highlight;
        color: HighlightText;
        border-color: Highlight;
      }
      &.queued,
      &.failed {
        background: Canvas;
        color: CanvasText;
        border: 1px dashed CanvasText;
      }
      &.failed {
        border: 2px solid CanvasText;
      }
    }
    .caret {
      forced-color-adjust: none;
      background: CanvasText;
    }
  }
`;
