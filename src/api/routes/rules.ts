import type { FastifyPluginAsync } from 'fastify';
import { z } from 'zod';
import { parse } from '../../http/parse.ts';
import { RulesFile } from '../../pipeline/extract/rules.ts';
import type { RulesDesk, RulesState } from '../../pipeline/live-understanding.ts';
import { describeRoute } from '../describe-route.ts';

const RulesView = z.object({
  /** `own`: from RULES_DIR; else the shipped ones. */
  origin: z.enum(['shipped', 'own']),
  merchants: z.int(),
  loadedAt: z.iso.datetime(),
  /** Why what lies in the folder now is not in force; null when it is. */
  problem: z.string().nullable(),
  rules: RulesFile,
});
type RulesView = z.infer<typeof RulesView>;

const Verdict = z.object({
  isValid: z.boolean(),
  problems: z.array(z.object({ path: z.string(), message: z.string() })),
});

const path = '/api/rules';
export const rulesRoutes = {
  read: describeRoute({
    ...{ method: 'get', path, isAdmin: true, response: RulesView },
    summary: 'The extraction rules in force (with the admin key)',
  }),
  replace: describeRoute({
    ...{ method: 'put', path, isAdmin: true, body: RulesFile, response: RulesView },
    summary: 'Puts own rules in force at once, in the place of those before',
  }),
  reset: describeRoute({
    ...{ method: 'delete', path, isAdmin: true, response: RulesView },
    summary: 'Takes own rules away; the shipped ones are in force again',
  }),
  check: describeRoute({
    ...{ method: 'post', path: `${path}/check`, isAdmin: true, body: RulesFile, response: Verdict },
    summary: 'Whether rules could be put in force, and what is wrong with them; changes nothing',
  }),
};

export interface RulesRoutesDeps {
  rules: RulesDesk;
}

/** The shipped rules take 25 KB. */
const maxRulesBytes = 1024 * 1024;

/** For operators: the rules by which fields are found, as data. */
export function createRulesRoutes({ rules }: RulesRoutesDeps): FastifyPluginAsync {
  const options = { bodyLimit: maxRulesBytes };

  return async function rulesPlugin(app) {
    app.get(path, async () => toView(rules.state()));
    app.put(path, options, async (request) => toView(await rules.replace(parse(RulesFile, request.body))));
    app.delete(path, async () => toView(await rules.reset()));
    app.post(rulesRoutes.check.path, options, async (request) => {
      const { error } = RulesFile.safeParse(request.body);
      const problems = error?.issues.map(({ path: place, message }) => ({ path: place.join('.'), message })) ?? [];
      return { isValid: problems.length === 0, problems };
    });
  };
}

function toView({ areOwn, merchants, loadedAt, problem, rules }: RulesState): RulesView {
  return { origin: areOwn ? 'own' : 'shipped', merchants, loadedAt: loadedAt.toISOString(), problem, rules };
}
