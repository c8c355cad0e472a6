import type { FastifyPluginAsync } from 'fastify';
import { z } from 'zod';
import { Failure } from '../../domain/failure.ts';
import type { Lesson } from '../../domain/lesson.ts';
import { parse } from '../../http/parse.ts';
import type { Lessons } from '../../store/lessons.ts';
import { describeRoute } from '../describe-route.ts';

const LessonPath = z.object({ ticketId: z.string().regex(/^[\w-]{1,64}$/) });
const LessonsQuery = z.object({ limit: z.coerce.number().int().min(1).max(1_000).default(100) });

const LessonView = z.object({
  ticketId: z.string(),
  merchant: z.object({ id: z.string().nullable(), name: z.string() }),
  taxId: z.string().nullable(),
  permit: z.string().nullable(),
  taughtBy: z.string(),
  taughtAt: z.iso.datetime(),
});

export const lessonRoutes = {
  list: describeRoute({
    ...{ method: 'get', path: '/api/lessons', isAdmin: true, query: LessonsQuery },
    summary: 'What people taught by correcting merchants, newest first (with the admin key)',
    response: z.object({ lessons: z.array(LessonView) }),
  }),
  forget: describeRoute({
    ...{ method: 'delete', path: '/api/lessons/:ticketId', isAdmin: true, params: LessonPath },
    summary: 'Undoes what the correction of a ticket taught; the ticket stays as it is',
  }),
};

export interface LessonRoutesDeps {
  companyId: string;
  lessons: Pick<Lessons, 'of' | 'forget'>;
}

export function createLessonRoutes({ companyId, lessons }: LessonRoutesDeps): FastifyPluginAsync {
  return async function lessonsPlugin(app) {
    app.get(lessonRoutes.list.path, async (request) => {
      const { limit } = parse(LessonsQuery, request.query);
      return { lessons: (await lessons.of(companyId, limit)).map(toView) };
    });
    app.delete(lessonRoutes.forget.path, async (request, reply) => {
      const { ticketId } = parse(LessonPath, request.params);
      if (!(await lessons.forget(companyId, ticketId))) {
        throw new Failure('not-found', 'ask', `no lesson of ticket ${ticketId}`);
      }
      return reply.status(204).send();
    });
  };
}

function toView({ ticketId, merchant, taxId, permit, personId, taughtAt }: Lesson): z.infer<typeof LessonView> {
  return { ticketId, merchant, taxId, permit, taughtBy: personId, taughtAt: taughtAt.toISOString() };
}
