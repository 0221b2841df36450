/** What a page loads for chatscope: React, its chat components and their styles, and a reader of Markdown, which it has not. */
import '@chatscope/chat-ui-kit-styles/dist/default/styles.min.css';

export {
  ChatContainer,
  MainContainer,
  Message,
  MessageInput,
  MessageList,
} from '@chatscope/chat-ui-kit-react';
export { marked } from 'marked';
export { createElement, useState } from 'react';
export { createRoot } from 'react-dom/client';
