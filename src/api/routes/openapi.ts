import type { FastifyPluginAsync } from 'fastify';
import { z } from 'zod';
import { ErrorBody } from '../../http/error-handler.ts';
import type { RouteDescription } from '../describe-route.ts';
import { accountingRoutes } from './accounting.ts';
import { channelRoutes } from './channels.ts';
import { healthRoute } from './health.ts';
import { jobRoutes } from './jobs.ts';
import { lessonRoutes } from './lessons.ts';
import { metricsRoute } from './metrics.ts';
import { nextShopRoute } from './next-shop.ts';
import { rulesRoutes } from './rules.ts';
import { ticketFileRoute, ticketInvoiceRoute, ticketRoute, ticketsRoute } from './tickets.ts';
import { uploadRoute } from './upload.ts';

const routes: readonly RouteDescription[] = [
  ...[healthRoute, uploadRoute, ticketsRoute, ticketRoute, ticketFileRoute, ticketInvoiceRoute],
  ...Object.values(channelRoutes),
  ...Object.values(accountingRoutes),
  ...jobRoutes,
  ...[...Object.values(rulesRoutes), ...Object.values(lessonRoutes), nextShopRoute],
  metricsRoute,
];

export function createOpenApiRoute(): FastifyPluginAsync {
  const document = openApiDocument();
  return async function openApiRoutes(app) {
    app.get('/api/openapi.json', async () => document);
  };
}

/** OpenAPI 3.1, whose schemas are JSON Schema 2020-12: what zod writes. */
function openApiDocument() {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const route of routes) {
    const path = route.path.replace(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [route.method]: operation(route) };
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Recibot', version: '1', description: 'Receipts in, invoices out.' },
    components: { securitySchemes: { key: keyScheme('API_KEY'), adminKey: keyScheme('ADMIN_API_KEY') } },
    security: [{ key: [] }, {}],
    paths,
  };
}

function keyScheme(variable: string) {
  return { type: 'apiKey', in: 'header', name: 'x-api-key', description: `The value of ${variable}` };
}

function operation({ summary, params, query, body, form, response, isAdmin }: RouteDescription) {
  return {
    summary,
    ...(isAdmin ? { security: [{ adminKey: [] }] } : {}),
    parameters: [...parameters('path', params), ...parameters('query', query)],
    ...(form ? { requestBody: { content: { 'multipart/form-data': { schema: formSchema(form) } } } } : {}),
    ...(body ? { requestBody: { content: json(body) } } : {}),
    responses: {
      '200': { description: 'OK', content: response ? json(response) : { '*/*': {} } },
      default: { description: 'An error, in the language asked for', content: json(ErrorBody) },
    },
  };
}

function parameters(place: 'path' | 'query', schema: z.ZodObject | undefined) {
  return Object.entries(schema?.shape ?? {}).map(([name, type]) => ({
    name,
    in: place,
    required: place === 'path',
    schema: z.toJSONSchema(type as z.ZodType, { io: 'input' }), // a shape's values are schemas
  }));
}

function json(schema: z.ZodType) {
  return { 'application/json': { schema: z.toJSONSchema(schema) } };
}

function formSchema(form: z.ZodObject) {
  const schema = z.toJSONSchema(form, { io: 'input' });
  const files = { type: 'array', items: { type: 'string', format: 'binary' }, maxItems: 50 };
  return { ...schema, properties: { files, ...schema.properties } };
}
