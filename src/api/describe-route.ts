import type { z } from 'zod';

/** What the OpenAPI document says of a route, in the schemas that the route itself parses with. */
export interface RouteDescription {
  method: 'get' | 'post' | 'put' | 'delete';
  /** As Fastify writes it: `/api/tickets/:id`. */
  path: string;
  summary: string;
  params?: z.ZodObject;
  query?: z.ZodObject;
  /** A JSON body. */
  body?: z.ZodType;
  /** Fields of a multipart form beside its files. */
  form?: z.ZodObject;
  /** Absent where the answer is a file. */
  response?: z.ZodType;
  /** It wants the administrator's key. */
  isAdmin?: true;
}

/** Keeps the literal types of a description. */
export function describeRoute<const T extends RouteDescription>(route: T): T {
  return route;
}
