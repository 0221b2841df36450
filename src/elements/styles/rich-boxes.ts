import { css } from 'lit';

/** Boxes that come with formatted text: code, pictures and sources. */
export const richBoxes = css`
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
      padding: 12px;
      overflow-x: auto;
      direction: ltr;
      text-align: start;
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
    gap: 12px;
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
      /* On the tint of a light brand, in the dark, muted text cannot be read. */
      small {
        color: inherit;
      }
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
    gap: 8px;
    /* With the gap of the group it makes 8. */
    margin-block-start: 5px;
  }
  .source {
    display: inline-flex;
    align-items: center;
    gap: 8px;
    max-inline-size: 100%;
    min-block-size: 28px;
    padding: 4px 12px;
    border: 1px solid var(--chat-line);
    border-radius: 9px;
    font: var(--_sm);
    color: var(--chat-text);
    text-decoration: none;
    overflow-wrap: anywhere;
    svg {
      inline-size: 16px;
      block-size: 16px;
      color: var(--chat-text-muted);
    }
  }
  a.source:hover {
    background: var(--chat-brand-soft);
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
    .source svg {
      color: inherit;
    }
  }
`;
