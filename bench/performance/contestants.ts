/** Who takes part. */
export interface ContestantKind {
  /** Name of its adapter in page/, and of its library in libraries/, if it has one there. */
  readonly name: string;
  readonly title: string;
  /** The package whose version is told, among those of bench/performance/package.json. */
  readonly package?: string;
}

/** Ours first, then what it is held against. */
export const CONTESTANTS: readonly ContestantKind[] = [
  { name: 'chat-widget', title: 'chat-widget' },
  { name: 'floor', title: 'floor' },
  { name: 'naive-lit', title: 'naive Lit list' },
  { name: 'deep-chat', title: 'Deep Chat', package: 'deep-chat' },
  { name: 'chatscope', title: 'chatscope', package: '@chatscope/chat-ui-kit-react' },
  { name: 'n8n', title: 'n8n', package: '@n8n/chat' },
];
