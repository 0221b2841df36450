import { css } from 'lit';

/** The welcome of an empty conversation, and boxes. */
export const welcome = css`
  .welcome {
    flex: 1;
    min-block-size: 0;
    overflow: hidden auto;
    overscroll-behavior: contain;
  }
  .hero {
    padding: 20px 20px 64px;
    outline-offset: -4px;
    background:
      linear-gradient(transparent 40%, var(--chat-surface)),
      radial-gradient(70% 90% at 92% -10%, color-mix(in oklab, #e3a857 34%, transparent), transparent 70%),
      radial-gradient(80% 100% at 0% -20%, color-mix(in oklab, var(--chat-brand) 30%, transparent), transparent 72%),
      color-mix(in oklab, var(--chat-brand) 12%, var(--chat-surface));
  }
  .hero-bar {
    display: flex;
    align-items: center;
    justify-content: space-between;
    margin-block-end: 36px;
    margin-inline-end: -8px;
  }
  .hero-title {
    font: 680 calc(28 * var(--chat-unit)) / calc(34 * var(--chat-unit)) var(--chat-font);
    letter-spacing: -0.022em;
    text-wrap: balance;
    /* Letters that join, or hang on one line, are not pushed together. */
    &:is(:lang(ar), :lang(hi)) {
      letter-spacing: normal;
    }
    &:lang(ja) {
      word-break: auto-phrase;
    }
  }
  .soft {
    display: block;
    color: var(--chat-text-muted);
  }
  .stack {
    position: relative;
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 12px;
    padding: 0 16px 16px;
    margin-block-start: -44px;
  }
  .card {
    overflow: clip;
    background: var(--chat-surface-raised);
    border: 1px solid var(--chat-line);
    border-radius: var(--chat-radius-card);
    box-shadow: var(--chat-shadow-raised);
  }
  .row {
    display: flex;
    align-items: center;
    gap: 12px;
    inline-size: 100%;
    min-block-size: 52px;
    padding: 12px 16px;
    border-width: 0;
    font: calc(15 * var(--chat-unit)) / calc(20 * var(--chat-unit)) var(--chat-font);
    outline-offset: -3px;
    & + & {
      border-block-start: 1px solid var(--chat-line);
    }
    &:hover {
      background: color-mix(in oklab, var(--chat-text) 3%, transparent);
    }
    bdi,
    b {
      min-inline-size: 0;
    }
    b {
      font-weight: 600;
    }
    .next {
      inline-size: 16px;
      block-size: 16px;
      margin-inline-start: auto;
      color: var(--chat-text-muted);
    }
    &:dir(rtl) .next {
      scale: -1 1;
    }
  }
  @container chat (width >= 560px) {
    .hero,
    .stack {
      padding-inline: 28px;
    }
  }
`;
