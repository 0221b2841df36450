import { css } from 'lit';

/** The brand and what follows from it, as far as the launcher needs it. */
export const tokens = css`
  :host {
    --chat-brand: #0b6a73;
    --chat-font:
      system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', 'Noto Sans', 'Noto Sans Arabic', sans-serif;
    --chat-brand-fill: light-dark(
      oklch(from var(--chat-brand) min(l, 0.9) c h),
      oklch(from var(--chat-brand) max(l, 0.42) c h)
    );
    /* White or black, whichever has a contrast of 4.5 to the fill: by its WCAG luminance. */
    --_on: clamp(0, (0.179 - (0.2126 * r + 0.7152 * g + 0.0722 * b)) * 1e6, 1);
    --chat-on-brand: color(from var(--chat-brand-fill) srgb-linear var(--_on) var(--_on) var(--_on));
    --chat-brand-text: light-dark(
      oklch(from var(--chat-brand) min(l, 0.48) c h),
      oklch(from var(--chat-brand) max(l, 0.78) min(c, 0.12) h)
    );
    --chat-focus: var(--chat-brand-text);
    --chat-shadow-launcher: 0 1px 2px rgb(16 24 32 / 0.16), 0 8px 20px -6px rgb(16 24 32 / 0.34);
    --chat-offset: 20px;
    --chat-z-index: 2147482000;
    --chat-base: 200ms;
    --chat-ease-spring: linear(0, 0.36 12%, 0.78 26%, 1.01 40%, 1.045 50%, 1.02 66%, 1);
  }
`;
