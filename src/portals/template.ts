import { DateTime } from 'luxon';

/** What templates may name: `ticket.<name>` and `recipient.<name>`. */
export interface TemplateValues {
  ticket: Readonly<Record<string, string>>;
  recipient: Readonly<Record<string, string>>;
}

const place = /\{\{\s*(ticket|recipient)\.(\w+)\s*(?:\|\s*([^}]+?)\s*)?\}\}/g;

/**
 * Fills in `{{ticket.folio}}`. After a bar stands a form: of a date a pattern of Luxon (`{{ticket.date|dd/MM/yyyy}}`), of an
 * amount `int` or `cents` (its whole part, its two decimals), of any text `start:n`, `end:n` (so many characters) or `slice:a:b`.
 * @throws {Error} for a value that is not there: a recipe must ask for what it uses.
 */
export function fillTemplate(template: string, values: TemplateValues): string {
  return template.replace(place, (_whole, group: 'ticket' | 'recipient', name: string, form: string | undefined) => {
    const value = values[group][name];
    if (value === undefined) throw new Error(`the recipe uses {{${group}.${name}}}, which it does not ask for`);
    return form === undefined ? value : inForm(value, form);
  });
}

function inForm(value: string, form: string): string {
  const [whole = '', decimals = ''] = value.split('.');
  if (form === 'int') return whole;
  if (form === 'cents') return decimals.padEnd(2, '0').slice(0, 2);
  const [kind, from, to] = form.split(':');
  if (kind === 'start') return value.slice(0, Number(from));
  if (kind === 'end') return value.slice(-Number(from));
  if (kind === 'slice') return value.slice(Number(from), Number(to));
  const date = DateTime.fromISO(value, { zone: 'utc', locale: 'es' });
  if (!date.isValid) throw new Error(`${value} is no date to write as ${form}`);
  return date.toFormat(form);
}
