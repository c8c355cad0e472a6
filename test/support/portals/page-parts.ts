/** Text made safe for HTML. */
export function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

/** A page as shops have them: a header, the words, and rules elsewhere that must not be taken for an outcome. */
export function page(title: string, body: string): string {
  return `<!doctype html><html lang="es"><head><meta charset="utf-8"><title>${title}</title>
<style>body{font-family:sans-serif;max-width:640px;margin:2rem auto}label{display:block;margin:.5rem 0}.oculto{display:none}</style></head>
<body><h1>Facturación · Tienda de muestra</h1><div class="oculto">Este ticket ya fue facturado</div>${body}</body></html>`;
}

export function field(id: string, label: string, more = ''): string {
  return `<label>${label} <input id="${id}" name="${id}" autocomplete="off" ${more}></label>`;
}

/** A captcha of our own: its answer is drawn as letters in a picture. */
export function captchaPicture(answer: string): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="140" height="44"><rect width="140" height="44" fill="#eee"/><text x="16" y="32" font-size="28" font-family="monospace" transform="rotate(-4 70 22)">${answer}</text></svg>`;
}

export const regimeOptions = [
  ['', 'Selecciona'],
  ['601', '601 - General de Ley Personas Morales'],
  ['612', '612 - Personas Físicas con Actividades Empresariales'],
  ['626', '626 - Régimen Simplificado de Confianza'],
] as const;
export const useOptions = [
  ['', 'Selecciona'],
  ['G01', 'G01 Adquisición de mercancías'],
  ['G03', 'G03 Gastos en general'],
] as const;

export function select(id: string, label: string, options: readonly (readonly [string, string])[]): string {
  const choices = options.map(([value, text]) => `<option value="${value}">${text}</option>`).join('');
  return `<label>${label} <select id="${id}" name="${id}">${choices}</select></label>`;
}
