import { css } from 'lit';

/** Colours, shapes and speeds of all that is not the launcher: what a page may set, and what follows from it. */
export const palette = css`
  :host {
    --chat-surface: light-dark(#fff, #15191c);
    --chat-surface-sunken: light-dark(#f5f7f7, #101315);
    --chat-surface-raised: light-dark(#fff, #1e2428);
    --chat-text: light-dark(#14191c, #e9eef0);
    --chat-text-muted: light-dark(#566168, #9ba7ad);
    --chat-line: light-dark(#e3e8ea, #2b3237);
    --chat-line-strong: light-dark(#7b868d, #6d7a82);
    --chat-staff-bg: light-dark(#f6efe4, #2b2620);
    --chat-staff-text: light-dark(#2b2419, #f3eadb);
    --chat-staff-line: light-dark(#e8dcc8, #40382d);
    --chat-staff-accent: light-dark(#8a5a14, #e9b872);
    --chat-danger: light-dark(#b3261e, #ff9d94);
    --chat-danger-soft: light-dark(#fdf0ee, #331c1a);
    --chat-warning: light-dark(#7a4a00, #f2c078);
    --chat-warning-soft: light-dark(#fff6e3, #2e2414);
    --chat-success: light-dark(#186b3f, #7ed0a2);
    --chat-success-soft: light-dark(#ecf7f0, #15281e);
    --chat-brand-hover: color-mix(
      in oklab,
      var(--chat-brand-fill) 88%,
      oklab(from var(--chat-on-brand) calc(1 - l) 0 0)
    );
    --chat-brand-soft: light-dark(
      color-mix(in oklab, var(--chat-brand) 7%, #fff),
      color-mix(in oklab, var(--chat-brand) 22%, #15191c)
    );
    --chat-brand-line: light-dark(
      color-mix(in oklab, var(--chat-brand) 26%, #fff),
      color-mix(in oklab, var(--chat-brand) 55%, #15191c)
    );

    --chat-radius-panel: 20px;
    --chat-radius-bubble: 18px;
    --chat-radius-tail: 6px;
    --chat-radius-card: 16px;
    --chat-radius-control: 12px;
    --chat-shadow-panel:
      0 0 0 1px light-dark(rgb(16 24 32 / 0.07), rgb(255 255 255 / 0.08)), 0 1px 2px rgb(16 24 32 / 0.05),
      0 10px 24px -8px rgb(16 24 32 / 0.16), 0 36px 72px -24px rgb(16 24 32 / 0.32);
    --chat-shadow-raised: 0 1px 2px rgb(16 24 32 / 0.06), 0 6px 16px -8px rgb(16 24 32 / 0.18);
    --chat-width: 400px;
    --chat-height: 704px;
    --chat-fast: 120ms;
    --chat-slow: 320ms;
    --chat-ease-out: cubic-bezier(0.2, 0.8, 0.2, 1);
  }
  @media (prefers-contrast: more) {
    :host {
      --chat-line: var(--chat-line-strong);
      --chat-text-muted: var(--chat-text);
    }
  }
`;
