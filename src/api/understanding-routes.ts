import type { FastifyPluginAsync } from 'fastify';
import { createLessonRoutes, type LessonRoutesDeps } from './routes/lessons.ts';
import { createNextShopRoute, type NextShopDeps } from './routes/next-shop.ts';
import { createRulesRoutes, type RulesRoutesDeps } from './routes/rules.ts';

/** Rules and lessons for the administrator, predictions for whoever has the API's key. */
export function understandingRoutes(deps: RulesRoutesDeps & LessonRoutesDeps & NextShopDeps) {
  const guarded: FastifyPluginAsync[] = [createNextShopRoute(deps)];
  const admin: FastifyPluginAsync[] = [createRulesRoutes(deps), createLessonRoutes(deps)];
  return { guarded, admin };
}
