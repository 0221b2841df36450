import type { Plugin } from 'vite';

const POLICY = 'createPolicy("lit-html"';

/**
 * Names the Trusted Types policy that Lit makes when it loads. The self-contained build brings its own Lit, and a
 * page that allows each policy name once may have another; so this one is called after the widget.
 */
export function trustedTypesName(name: string): Plugin {
  let found = false;
  return {
    name: 'trusted-types-name',
    transform: {
      filter: { code: POLICY },
      handler(code) {
        found = true;
        return { code: code.replace(POLICY, `createPolicy(${JSON.stringify(name)}`), map: null };
      },
    },
    buildEnd(error) {
      if (!error && !found)
        this.error(`Lit no longer says ${POLICY}: its Trusted Types policy could not be renamed.`);
    },
  };
}
