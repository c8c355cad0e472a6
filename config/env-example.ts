import { variables } from './env.ts';

/** The text of `.env.example`: every variable with its description and its default, commented out. */
export function envExample(): string {
  const blocks = Object.entries(variables).map(([name, schema]) => {
    const byDefault = defaultOf(schema.safeParse(undefined).data);
    return `# ${schema.description}\n# ${name}=${name === 'OCR_WORKERS' ? '' : byDefault}\n`;
  });
  return `# Recibot: copy to .env and uncomment what you change. Written by \`npm run env-example\`; do not edit.\n\n${blocks.join('\n')}`;
}

function defaultOf(value: unknown): string {
  if (value === undefined) return '';
  if (typeof value === 'object' && !Array.isArray(value)) return listed(value);
  return Array.isArray(value) ? value.join(',') : String(value);
}

function listed(value: object | null): string {
  return Object.entries(value ?? {})
    .map(([name, one]) => `${name}=${one}`)
    .join(',');
}
