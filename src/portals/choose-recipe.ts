import type { Recipe } from './recipe.ts';

/**
 * The portal for a ticket: the one whose address is printed on it, else the one of its merchant. Null when none is known, or when
 * two portals' addresses are printed, which is for a person to decide.
 */
export function chooseRecipe(
  recipes: readonly Recipe[],
  { merchantId, text }: { merchantId: string | null; text: string },
): Recipe | null {
  // Recognisers drop blanks into addresses and lose dots at line ends.
  const compact = text.toLowerCase().replace(/\s+/g, '');
  const printed = recipes.filter(({ printedHosts }) => printedHosts.some((host) => compact.includes(host)));
  if (printed.length > 1) return printed.find(({ merchants }) => isOf(merchants, merchantId)) ?? null;
  return printed[0] ?? recipes.find(({ merchants }) => isOf(merchants, merchantId)) ?? null;
}

function isOf(merchants: readonly string[], merchantId: string | null): boolean {
  return merchantId !== null && merchants.includes(merchantId);
}
