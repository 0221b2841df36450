import { css } from 'lit';

/** What stands in the window when there is nothing to show: the shape of what comes, or a way out. */
export const empty = css`
  .fallback {
    display: block;
    flex: none;
    padding: 12px 16px;
  }
  .empty {
    display: grid;
    justify-items: center;
    gap: 12px;
    margin: auto;
    padding: 24px;
    min-block-size: 0;
    max-inline-size: 300px;
    overflow: hidden auto;
    text-align: center;
    color: var(--chat-text-muted);
    h3 {
      font: 650 calc(15 * var(--chat-unit)) / calc(20 * var(--chat-unit)) var(--chat-font);
      color: var(--chat-text);
    }
  }
  .glyph {
    padding: 16px;
    border-radius: 18px;
    background: var(--chat-danger-soft);
    color: var(--chat-danger);
    svg {
      inline-size: 24px;
      block-size: 24px;
    }
  }
  .empty .fallback {
    padding: 0;
  }
  .loading {
    flex: 1;
    display: grid;
    align-content: end;
    gap: 16px;
    padding: 20px 16px;
    animation: cw-fade var(--chat-base) 300ms backwards;
    i {
      position: relative;
      block-size: 40px;
      inline-size: 56%;
      margin-inline-start: 36px;
      &:first-child {
        block-size: 64px;
      }
      &:nth-child(2) {
        inline-size: 44%;
        justify-self: end;
        &::before {
          content: none;
        }
      }
      &:last-child {
        inline-size: 44%;
      }
    }
    i,
    i::before {
      border-radius: var(--chat-radius-bubble);
      background: color-mix(in oklab, var(--chat-text) 8%, var(--chat-surface));
    }
    i::before {
      content: '';
      position: absolute;
      inset: auto auto 0;
      margin-inline-start: -36px;
      inline-size: 28px;
      block-size: 28px;
    }
  }
`;
