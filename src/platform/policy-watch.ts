import { Timer, type Clock } from './clock.js';

/** How long a report may take after what it is about has failed, in milliseconds: browsers queue it as a task of its own. */
const REPORT_MS = 50;

/** What the page's content security policy forbids while it is watched. */
export interface PolicyWatch {
  /** Ends it. @returns what connections were forbidden: whole addresses, or schemes where the browser tells no more */
  end(): Promise<readonly string[]>;
}

/** Watches the policy of this page; where there is no page, nothing is forbidden. */
export function watchPolicy(clock: Clock): PolicyWatch {
  const blocked: string[] = [];
  const onViolation = ({
    disposition,
    effectiveDirective,
    blockedURI,
  }: SecurityPolicyViolationEvent): void => {
    // One that is only reported lets everything through.
    if (disposition === 'enforce' && effectiveDirective === 'connect-src') blocked.push(blockedURI);
  };
  const target = globalThis.document as Document | undefined;
  target?.addEventListener('securitypolicyviolation', onViolation);
  return {
    async end() {
      if (target) await new Promise<void>((resolve) => new Timer(clock).set(REPORT_MS, resolve));
      target?.removeEventListener('securitypolicyviolation', onViolation);
      return blocked;
    },
  };
}
