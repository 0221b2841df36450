import { css } from 'lit';

/** Formatted text. */
export const richText = css`
  :host {
    --chat-font-mono: ui-monospace, 'SF Mono', 'Cascadia Mono', Menlo, Consolas, 'DejaVu Sans Mono', monospace;
  }
  cw-rich-text,
  cw-code,
  cw-sources {
    display: block;
    min-inline-size: 0;
    max-inline-size: 100%;
  }
  .bubble.rich {
    white-space: normal;
    min-inline-size: 0;
  }
  .md {
    :where(ul, ol, blockquote, pre) {
      margin: 0;
    }
    > * + *,
    li > * + *,
    blockquote > * + * {
      margin-block-start: 8px;
    }
    p {
      white-space: pre-line;
      unicode-bidi: plaintext;
      text-align: start;
    }
    strong,
    .heading {
      font-weight: 650;
    }
    em {
      font-style: italic;
    }
    ul,
    ol {
      padding-inline-start: 24px;
    }
    ol {
      padding-inline-start: 28px;
      list-style: decimal;
    }
    ul {
      list-style: disc;
    }
    li {
      display: list-item;
      + li,
      > :is(ul, ol) {
        margin-block-start: 4px;
      }
      &:has(> .task) {
        list-style: none;
      }
      &::marker {
        color: var(--chat-text-muted);
        font-variant-numeric: tabular-nums;
      }
    }
    a {
      color: var(--chat-brand-text);
      text-decoration: underline 1px;
      text-underline-offset: 3px;
      unicode-bidi: isolate;
      border-radius: 3px;
      &:hover {
        text-decoration-thickness: 2px;
      }
    }
    :not(pre) > code {
      padding-inline: 4px;
      border-radius: 6px;
      background: color-mix(in oklab, currentColor 7%, transparent);
      font-family: var(--chat-font-mono);
      font-size: 0.88em;
      line-height: 1;
      unicode-bidi: isolate;
      white-space: break-spaces;
    }
    blockquote {
      padding-inline-start: 12px;
      border-inline-start: 3px solid var(--chat-line-strong);
    }
    hr {
      border: 0;
      border-block-start: 1px solid var(--chat-line);
      margin-block: 12px;
    }
  }
  .md .table {
    overflow-x: auto;
    border-radius: 6px;
    scrollbar-width: thin;
    table {
      border-collapse: collapse;
      min-inline-size: 100%;
      /* In quirks mode a table does not take it from around it. */
      color: inherit;
      font: var(--_sm);
      font-variant-numeric: tabular-nums;
    }
    th,
    td {
      padding: 8px 0;
      padding-inline-end: 12px;
      border-block-end: 1px solid var(--chat-line);
      /* Chromium knows it by the older name alone, and would centre what heads a column. */
      text-align: -webkit-match-parent;
      text-align: match-parent;
      vertical-align: baseline;
      min-inline-size: 3em;
      max-inline-size: 24em;
      overflow-wrap: break-word;
      unicode-bidi: plaintext;
    }
    th {
      font-weight: 600;
      color: var(--chat-text-muted);
    }
    tr:last-child td {
      border-block-end: 0;
    }
    .end {
      text-align: end;
    }
    .center {
      text-align: center;
    }
  }
  .bubble.staff .md {
    th,
    li::marker {
      color: inherit;
    }
    a {
      color: inherit;
    }
  }
  /* The caret ends the text, whatever the text ends with. */
  .streaming .md:empty::after,
  .streaming .md > :last-child > p:last-child::after,
  .streaming .md > :last-child > :is(ul, ol) > :last-child > p:last-child::after,
  .streaming .md > :last-child > :is(ul, ol) > :last-child > :is(ul, ol) > :last-child > p:last-child::after,
  .streaming .md > :last-child > blockquote > p:last-child::after,
  .streaming .md > :last-child > .table::after,
  .streaming .md > :last-child > cw-code code > :last-child::after {
    content: '';
    display: inline-block;
    inline-size: 9px;
    block-size: 9px;
    margin-inline: 4px -13px;
    border-radius: 3px;
    background: var(--chat-brand-text);
    animation: cw-pulse 1.1s ease-in-out infinite;
  }
  @media (forced-colors: active) {
    .md :not(pre) > code {
      border: 1px solid CanvasText;
    }
    .streaming .md ::after {
      forced-color-adjust: none;
      background: CanvasText !important;
    }
  }
`;
