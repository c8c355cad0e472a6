/** What a person did on a page, as the script below tells it. */
export interface RecordedAct {
  what: 'fill' | 'choose' | 'check' | 'click';
  /** Ways to find it again, the steadiest first. */
  at: string[];
  value: string;
}

/** The name under which the page calls back. */
export const recorderName = '__recibotRecord';

/**
 * Runs in every page that is recorded: tells of each field that is left, each choice and each click, with how to find it again: by
 * its label, its id, its name, or role and text. Passwords are never told.
 */
export const recorderScript = `(() => {
  const say = (act) => window.${recorderName}(act);
  const quoted = (text) => JSON.stringify(text.replace(/\\s+/g, ' ').trim().slice(0, 60));
  const steady = (id) => id && !/\\d{4,}|[0-9a-f]{8}/.test(id);
  function labelOf(element) {
    const label = element.labels && element.labels[0];
    const own = label && [...label.childNodes].filter((node) => node.nodeType === 3).map((node) => node.textContent).join(' ');
    const text = (own || (label && label.textContent) || element.getAttribute('aria-label') || '').replace(/\\s+/g, ' ').trim();
    return text.length > 0 && text.length <= 60 ? text : '';
  }
  function waysTo(element) {
    const ways = [];
    const tag = element.tagName.toLowerCase();
    const isButton = tag === 'button' || tag === 'a' || /^(submit|button)$/.test(element.type || '');
    if (isButton) {
      const text = element.value && tag === 'input' ? element.value : element.textContent || '';
      if (text.trim()) ways.push('role=' + (tag === 'a' ? 'link' : 'button') + '[name=' + quoted(text) + ']');
    } else if (labelOf(element)) ways.push('label=' + labelOf(element));
    if (steady(element.id)) ways.push('[id=' + JSON.stringify(element.id) + ']');
    if (element.name) ways.push(tag + '[name=' + JSON.stringify(element.name) + ']');
    return ways;
  }
  document.addEventListener('change', (event) => {
    const element = event.target;
    if (element.type === 'password') return;
    const what = element.tagName === 'SELECT' ? 'choose' : /^(checkbox|radio)$/.test(element.type) ? 'check' : 'fill';
    say({ what, at: waysTo(element), value: String(element.value).slice(0, 200) });
  }, true);
  document.addEventListener('click', (event) => {
    const element = event.target.closest && event.target.closest('button, a, input[type=submit], input[type=button]');
    if (element) say({ what: 'click', at: waysTo(element), value: '' });
  }, true);
})()`;
