import { css } from 'lit';

/** Formatted answers, code, pictures and sources. */
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
      padding-inline-start: 22px;
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
      padding: 1px 5px;
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
      padding: 6px 0;
      padding-inline-end: 10px;
      border-block-end: 1px solid var(--chat-line);
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
    .right {
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
  .codeblock {
    border: 1px solid var(--chat-line);
    border-radius: var(--chat-radius-control);
    background: var(--chat-surface-sunken);
    color: var(--chat-text);
    overflow: hidden;
    .code-head {
      position: relative;
      display: flex;
      align-items: center;
      justify-content: space-between;
      gap: 8px;
      min-block-size: 34px;
      padding-inline: 12px 4px;
      border-block-end: 1px solid var(--chat-line);
      font: var(--_xs);
      color: var(--chat-text-muted);
    }
    .code-language {
      min-inline-size: 0;
      overflow: hidden;
      text-overflow: ellipsis;
      white-space: nowrap;
    }
    .copy {
      display: inline-flex;
      align-items: center;
      gap: 4px;
      margin-inline-start: auto;
      min-block-size: 26px;
      padding: 0 8px;
      border-radius: 8px;
      font: 600 var(--_xs);
      color: var(--chat-text);
      svg {
        inline-size: 16px;
        block-size: 16px;
      }
      &:hover {
        background: var(--chat-brand-soft);
      }
    }
    pre {
      margin: 0;
      padding: 10px 12px;
      overflow-x: auto;
      direction: ltr;
      text-align: left;
      white-space: pre;
      overflow-wrap: normal;
      scrollbar-width: thin;
      outline-offset: -3px;
      tab-size: 4;
    }
    code {
      font: calc(13 * var(--chat-unit)) / calc(20 * var(--chat-unit)) var(--chat-font-mono);
    }
    code > span {
      display: block;
    }
  }
  .picture {
    display: inline-flex;
    align-items: center;
    gap: 10px;
    max-inline-size: 100%;
    min-block-size: 44px;
    padding: 8px 12px;
    border: 1px dashed var(--chat-line-strong);
    border-radius: var(--chat-radius-control);
    background: var(--chat-surface-sunken);
    color: var(--chat-text);
    white-space: normal;
    overflow-wrap: anywhere;
    bdi,
    small {
      display: block;
    }
    small {
      font: var(--_xs);
      color: var(--chat-text-muted);
    }
    &:hover {
      background: var(--chat-brand-soft);
    }
  }
  .picture-link {
    display: inline-block;
    max-inline-size: 100%;
    img {
      display: block;
      max-inline-size: 100%;
      max-block-size: 320px;
      border-radius: var(--chat-radius-control);
    }
  }
  .sources {
    display: flex;
    flex-wrap: wrap;
    gap: 6px;
    margin-block-start: 6px;
  }
  .source {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    max-inline-size: 100%;
    min-block-size: 28px;
    padding: 4px 10px;
    border: 1px solid var(--chat-line);
    border-radius: 9px;
    font: var(--_sm);
    color: var(--chat-text);
    text-decoration: none;
    overflow-wrap: anywhere;
    svg {
      inline-size: 15px;
      block-size: 15px;
      color: var(--chat-text-muted);
    }
  }
  a.source:hover {
    background: var(--chat-brand-soft);
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
    margin-inline-start: 3px;
    border-radius: 3px;
    background: var(--chat-brand-text);
    animation: cw-pulse 1.1s ease-in-out infinite;
  }
  @media (pointer: coarse) {
    .codeblock .copy,
    .source {
      min-block-size: 44px;
    }
  }
  @media (forced-colors: active) {
    .codeblock,
    .source,
    .picture {
      border-color: CanvasText;
    }
    .md :not(pre) > code {
      border: 1px solid CanvasText;
    }
    .streaming .md ::after {
      forced-color-adjust: none;
      background: CanvasText;
    }
  }
`;
