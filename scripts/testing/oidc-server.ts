import { createServer, type Server } from 'node:http';
import Provider from 'oidc-provider';

/** What the provider says of a person. */
export type OidcPerson = { email?: string; email_verified?: boolean; name?: string };

/**
 * A real OpenID provider (the npm package `oidc-provider`) on a free port of this machine, whose sign-in form is left out: whoever comes is
 * the person that the test has set.
 */
export class OidcServer {
  readonly issuer: string;
  readonly client = { id: 'strata-test', secret: `secret-${crypto.randomUUID()}` };
  /** Subject of whoever comes next. */
  current = '';
  readonly people = new Map<string, OidcPerson>();
  readonly #server: Server;

  private constructor(server: Server, issuer: string) {
    this.#server = server;
    this.issuer = issuer;
  }

  /** @param appUrl where it sends people back to */
  static async start(appUrl: string): Promise<OidcServer> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('The provider has no port.');
    const made = new OidcServer(server, `http://127.0.0.1:${address.port}`);
    const provider = new Provider(made.issuer, {
      clients: [
        {
          client_id: made.client.id,
          client_secret: made.client.secret,
          redirect_uris: [`${appUrl}/api/auth/callback/oidc`],
        },
      ],
      claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
      features: { devInteractions: { enabled: false } },
      cookies: { keys: ['a key of a test'] },
      interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
      findAccount: (_, sub) => ({ accountId: sub, claims: () => ({ sub, ...made.people.get(sub) }) }),
    });
    const answer = provider.callback();
    server.on('request', (request, response) => {
      if (!request.url?.startsWith('/interaction/')) return answer(request, response);
      made.#consent(provider, request, response).catch((error) => response.writeHead(500).end(String(error)));
    });
    return made;
  }

  get env(): Record<string, string> {
    return { OIDC_ISSUER: this.issuer, OIDC_CLIENT_ID: this.client.id, OIDC_CLIENT_SECRET: this.client.secret };
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #consent(
    provider: Provider,
    ...[request, response]: Parameters<Provider['interactionDetails']>
  ): Promise<void> {
    const { params } = await provider.interactionDetails(request, response);
    const grant = new provider.Grant({ accountId: this.current, clientId: String(params.client_id) });
    grant.addOIDCScope('openid email profile');
    const result = { login: { accountId: this.current }, consent: { grantId: await grant.save() } };
    await provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
  }
}
