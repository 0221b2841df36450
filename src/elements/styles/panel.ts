import { css } from 'lit';

/** The window, and the small things of all its parts. */
export const panel = css`
  cw-header,
  cw-notice,
  cw-hero,
  cw-transcript,
  cw-group,
  cw-message,
  cw-typing,
  cw-queue,
  cw-composer {
    display: contents;
  }
  .panel {
    container: chat / inline-size;
    display: flex;
    flex-direction: column;
    overflow: clip;
    background: var(--chat-surface);
    border: 0 solid transparent;
    font: var(--_md);
    &:lang(ko) {
      word-break: keep-all;
    }
    &.floating {
      /* Shares of the window and not its units, which a zoom in the page's styles would multiply. */
      position: fixed;
      inset-block-end: calc(var(--_foot) + 68px);
      inset-inline-end: var(--_side);
      inline-size: min(var(--chat-width), 100% - 2 * var(--_side));
      block-size: min(var(--chat-height), 100% - 84px - var(--_foot));
      border-radius: var(--chat-radius-panel);
      box-shadow: var(--chat-shadow-panel);
      transform-origin: 92% 100%;
      visibility: hidden;
      opacity: 0;
      transform: translateY(10px) scale(0.96);
      transition:
        opacity 160ms,
        transform 160ms,
        visibility 0s 160ms;
      :dir(rtl) > & {
        transform-origin: 8% 100%;
      }
    }
    /* What turns, pulses or waves does so once more at most while nobody sees it. */
    &.floating:not(.open) {
      *,
      ::before,
      ::after {
        animation-iteration-count: 1 !important;
      }
    }
    .start > cw-panel > &:not(.full) {
      inset-inline: var(--_side) auto;
    }
    &.open {
      visibility: visible;
      opacity: 1;
      transform: none;
      transition:
        opacity 280ms var(--chat-ease-out),
        transform 280ms var(--chat-ease-out);
      @starting-style {
        opacity: 0;
        transform: translateY(10px) scale(0.96);
      }
    }
    &.full {
      position: fixed;
      inset: var(--_top, 0) 0 auto;
      inline-size: 100%;
      block-size: var(--_height, 100dvh);
      border-radius: 0;
      padding: env(safe-area-inset-top) env(safe-area-inset-right) 0 env(safe-area-inset-left);
    }
    &.inline {
      block-size: 100%;
      border-radius: var(--chat-radius-panel);
      box-shadow: inset 0 0 0 1px var(--chat-line);
      padding: 1px;
    }
  }
  /* Korean breaks between words, in the guest's messages too. */
  .panel:lang(ko) {
    word-break: keep-all;
  }
  /* What clips or is a place for others costs with every picture in view: only a portrait needs it. */
  .avatar {
    display: grid;
    grid-auto-flow: column;
    place-content: center;
    inline-size: 28px;
    block-size: 28px;
    flex: none;
    border: 1px solid transparent;
    border-radius: 50%;
    font: 650 var(--_xs);
    color: var(--chat-staff-accent);
    &.staff {
      background: var(--chat-staff-bg);
      border-color: var(--chat-staff-line);
    }
    &.ai {
      color: var(--chat-brand-text);
      background: var(--chat-brand-soft);
      border-color: var(--chat-brand-line);
      border-radius: 9px;
    }
    &.lg {
      inline-size: 40px;
      block-size: 40px;
      font: 650 var(--_md);
    }
    &.ai.lg {
      border-radius: 13px;
    }
    &.lg svg {
      inline-size: 26px;
      block-size: 26px;
    }
    &:has(img) {
      position: relative;
    }
    img {
      position: absolute;
      inset: 0;
      inline-size: 100%;
      block-size: 100%;
      border-radius: inherit;
      object-fit: cover;
    }
  }
  /* What the page puts there says its own size, if it has one. */
  slot[name='header-avatar']::slotted(*) {
    inline-size: 40px;
    block-size: 40px;
    object-fit: cover;
  }
  .avatars {
    display: flex;
    .avatar + .avatar {
      margin-inline-start: -8px;
    }
  }
  .button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 8px;
    min-block-size: 36px;
    padding: 0 16px;
    border-radius: var(--chat-radius-control);
    font: 600 var(--_md);
    color: var(--chat-text-muted);
    &:hover {
      background: color-mix(in oklab, var(--chat-text) 6%, transparent);
    }
    &.primary {
      background: var(--chat-brand-fill);
      color: var(--chat-on-brand);
      &:hover {
        background: var(--chat-brand-hover);
      }
    }
  }
  .icon-button {
    display: grid;
    place-items: center;
    inline-size: 36px;
    block-size: 36px;
    flex: none;
    border-radius: var(--chat-radius-control);
    color: var(--chat-text-muted);
    &:hover {
      background: color-mix(in oklab, var(--chat-text) 7%, transparent);
      color: var(--chat-text);
    }
    &:active {
      scale: 0.94;
    }
  }
  @keyframes cw-fade {
    from {
      opacity: 0;
    }
  }
  @media (pointer: coarse) {
    .icon-button,
    .button {
      min-block-size: 44px;
      min-inline-size: 44px;
    }
  }
  @media (forced-colors: active) {
    .panel,
    .avatar {
      border: 1px solid CanvasText;
    }
    .icon-button,
    .button {
      border-color: ButtonBorder;
    }
    .button.primary {
      forced-color-adjust: none;
      background: Highlight;
      color: HighlightText;
    }
  }
`;
