import { expect } from '@open-wc/testing';
import { FIRST } from '../../demo/playground/configuration.js';
import { markupOf } from '../../demo/playground/markup.js';

/** The HTML for a story that somebody has written. */
const markup = (story: string): string => markupOf({ ...FIRST, scenario: 'own', story });

describe('the HTML of the playground', () => {
  it('has a story as its data', () => {
    expect(markup('{"name":"mine","triggers":[]}')).to.contain('const story = {\n    "name": "mine",');
  });

  it('never makes code of a story, which may come out of somebody’s link', () => {
    expect(markup('alert(1)')).to.contain('const story = "alert(1)";');
    const hostile = JSON.stringify({ name: '</script><script>alert(1)</script><!--<script>', triggers: [] });
    const page = new DOMParser().parseFromString(markup(hostile), 'text/html');
    expect(page.querySelectorAll('script')).to.have.length(1);
    expect(page.querySelector('script')!.textContent).to.contain('alert(1)');
  });
});
