// A RabbitMQ server for the tests, which start a broker of their own on free ports; the system's service is neither started nor used.
import { existsSync } from 'node:fs';
import { aptInstall } from './apt.mjs';
import { found, remember } from './found.mjs';
import { run, which } from './run.mjs';

export const rabbitmq = {
  title: { es: 'Servidor RabbitMQ para las pruebas', en: 'RabbitMQ server for the tests' },
  isRequired: () => false,
  isDone: () => {
    const path = which(
      ['rabbitmq-server'],
      ['/usr/sbin', '/usr/local/sbin', '/opt/homebrew/sbin', '/usr/lib/rabbitmq/bin'],
    );
    if (path !== found().rabbitmq) remember({ rabbitmq: path });
    return path !== undefined;
  },
  run: async () => {
    if (process.platform === 'darwin') {
      throw Object.assign(new Error('rabbitmq-server: no está · not there'), { remedy: '→ brew install rabbitmq' });
    }
    await aptInstall('rabbitmq-server');
    // Debian enables the service for the next boot; it was installed for the tests only.
    if (existsSync('/run/systemd/system')) {
      await run('systemctl', ['disable', 'rabbitmq-server'], { timeoutMs: 30_000 }).catch(() => undefined);
    }
    rabbitmq.isDone();
  },
};
