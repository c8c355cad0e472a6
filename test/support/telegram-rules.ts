/** What the Bot API says instead of doing it (https://core.telegram.org/bots/api#making-requests). */
export class Refusal extends Error {
  readonly code: number;
  readonly parameters: object | undefined;

  constructor(code: number, description: string, parameters?: object) {
    super(description);
    this.code = code;
    this.parameters = parameters;
  }
}

export type Params = Record<string, unknown>;

export function badRequest(description: string): Refusal {
  return new Refusal(400, `Bad Request: ${description}`);
}

export function textOf(params: Params, limit = 4_096): string {
  const { text } = params;
  if (typeof text !== 'string' || text.trim() === '') throw badRequest('message text is empty');
  if (text.length > limit) throw badRequest('message is too long');
  if (params['parse_mode'] !== undefined) throw badRequest('this fake knows no parse_mode');
  return text;
}

export function captionOf({ caption = '' }: Params): string {
  if (typeof caption !== 'string' || caption.length > 1_024) throw badRequest('message caption is too long');
  return caption;
}

export interface Key {
  text: string;
  callback_data: string;
}

/** As an object, or as JSON text in a form. */
export function keysOf({ reply_markup: markup }: Params): Key[] {
  if (markup === undefined) return [];
  const given = (typeof markup === 'string' ? JSON.parse(markup) : markup) as { inline_keyboard?: unknown }; // checked below
  if (!Array.isArray(given.inline_keyboard)) throw badRequest("can't parse reply keyboard markup JSON object");
  const rows = given.inline_keyboard as Key[][]; // each key is checked below
  if (rows.some((row) => !Array.isArray(row) || row.length === 0 || row.length > 8))
    throw badRequest('BUTTON_ROW_INVALID');
  const keys = rows.flat();
  if (keys.length > 100) throw badRequest('reply markup is too long');
  for (const { text, callback_data: data } of keys) {
    if (typeof text !== 'string' || text === '') throw badRequest('BUTTON_TEXT_INVALID');
    const bytes = typeof data === 'string' ? Buffer.byteLength(data) : 0;
    if (bytes < 1 || bytes > 64) throw badRequest('BUTTON_DATA_INVALID');
  }
  return keys;
}

export function checkCommands({ commands }: Params): void {
  if (!Array.isArray(commands) || commands.length === 0 || commands.length > 100)
    throw badRequest('BOT_COMMANDS_INVALID');
  for (const { command, description } of commands as { command: string; description: string }[]) {
    if (!/^[a-z0-9_]{1,32}$/.test(command)) throw badRequest('BOT_COMMAND_INVALID');
    if (description.length < 1 || description.length > 256) throw badRequest('BOT_COMMAND_DESCRIPTION_INVALID');
  }
}
