import { css } from 'lit';

/** The message box. */
export const composer = css`
  .composer {
    flex: none;
    padding: 8px 12px max(12px, env(safe-area-inset-bottom));
  }
  .escalate {
    display: inline-flex;
    align-items: center;
    gap: 8px;
    min-block-size: 32px;
    padding-inline: 8px 12px;
    margin-block-end: 8px;
    border-color: var(--chat-line);
    border-radius: 10px;
    background: var(--chat-surface-sunken);
    font: 600 var(--_sm);
    &:hover {
      background: var(--chat-staff-bg);
      border-color: var(--chat-staff-line);
    }
  }
  .headset {
    inline-size: 16px;
    block-size: 16px;
    color: var(--chat-staff-accent);
  }
  .composer-field {
    display: flex;
    align-items: flex-end;
    gap: 4px;
    padding: 4px;
    border: 1px solid var(--chat-line-strong);
    border-radius: 18px;
    background: var(--chat-surface);
    &:has(textarea:focus) {
      border-color: var(--chat-focus);
      box-shadow:
        0 0 0 1px var(--chat-focus),
        0 0 0 5px var(--chat-brand-soft);
      outline: 2px solid transparent;
    }
  }
  .input {
    flex: 1;
    min-inline-size: 0;
    min-block-size: 36px;
    max-block-size: calc(132 * var(--chat-unit) + 14px);
    /* 46 in all, with a line of 22. */
    padding: 7px 12px;
    border: 0;
    outline: 0;
    resize: none;
    field-sizing: content;
    font: var(--_md);
    scrollbar-width: thin;
    &::placeholder {
      color: var(--chat-text-muted);
      opacity: 1;
    }
  }
  .send {
    display: grid;
    place-items: center;
    inline-size: 36px;
    block-size: 36px;
    flex: none;
    border-radius: 13px;
    background: var(--chat-brand-fill);
    color: var(--chat-on-brand);
    transition: transform var(--chat-base) var(--chat-ease-spring);
    &:active {
      transform: scale(0.92);
    }
    &[aria-disabled='true'] {
      background: color-mix(in oklab, var(--chat-text) 6%, var(--chat-surface));
      color: var(--chat-text-muted);
      cursor: default;
    }
  }
  .footnote {
    padding: 8px 8px 0;
    font: var(--_xs);
    text-align: center;
    color: var(--chat-text-muted);
  }
  @container chat (width >= 560px) {
    .composer {
      padding-inline: 28px;
    }
  }
  @media (pointer: coarse) {
    .input {
      font-size: max(16px, 15 * var(--chat-unit));
      padding-block: 11px;
    }
    .send,
    .escalate {
      min-block-size: 44px;
      min-inline-size: 44px;
    }
  }
  @media (forced-colors: active) {
    .escalate {
      border-color: ButtonBorder;
    }
    .headset {
      color: inherit;
    }
    .send {
      forced-color-adjust: none;
      background: Highlight;
      color: HighlightText;
      &[aria-disabled='true'] {
        background: Canvas;
        color: GrayText;
        border-color: GrayText;
      }
    }
    .composer-field:has(textarea:focus) {
      outline: 3px solid Highlight;
    }
  }
`;
