import { css } from 'lit';

/** Who is writing. */
export const typing = css`
  .waiting {
    animation: cw-in var(--chat-base) var(--chat-ease-out) 300ms backwards;
    > .avatar {
      margin: 0;
    }
  }
  .typing {
    display: flex;
    align-items: center;
    gap: 8px;
    min-block-size: 28px;
    font: var(--_sm);
    color: var(--chat-text-muted);
    &.bubble {
      min-block-size: 40px;
      padding-inline: 16px;
    }
    span {
      display: flex;
      gap: 4px;
    }
    i {
      inline-size: 7px;
      block-size: 7px;
      border-radius: 50%;
      background: currentColor;
      opacity: 0.35;
      animation: cw-dot 1.2s var(--chat-ease-out) infinite;
      &:nth-child(2) {
        animation-delay: 0.15s;
      }
      &:nth-child(3) {
        animation-delay: 0.3s;
      }
    }
  }
  @keyframes cw-dot {
    35% {
      opacity: 1;
      transform: translateY(-3px);
    }
    70% {
      opacity: 0.35;
      transform: none;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    .typing i {
      opacity: 0.8;
    }
  }
  @media (forced-colors: active) {
    .typing i {
      forced-color-adjust: none;
      background: CanvasText;
    }
  }
`;
