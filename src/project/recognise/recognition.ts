/** What a project is, as far as its files say: plain data, whose sentences are in the strings. */

/** The kinds of app that are told apart. */
export type AppKind = "flask" | "quart" | "django" | "fastapi" | "starlette" | "bottle" | "wsgi" | "asgi";

/** Why a command line is proposed. */
export type ProposalReason =
  | { readonly kind: "flask run"; readonly debug: boolean }
  | { readonly kind: "quart run" }
  | { readonly kind: "runserver" }
  | { readonly kind: "uvicorn reload" }
  | { readonly kind: "own main"; readonly path: string }
  | { readonly kind: "gunicorn reload" }
  | { readonly kind: "gunicorn workers" }
  | { readonly kind: "gunicorn config"; readonly path: string }
  | { readonly kind: "waitress required" }
  | { readonly kind: "uvicorn workers" }
  | { readonly kind: "hypercorn workers" }
  /** Written in the project itself. */
  | { readonly kind: "from file"; readonly path: string; readonly line: string };

/** A command line for a side, and why. */
export interface Proposal {
  readonly command: string;
  readonly reason: ProposalReason;
}

/** What could not be told, or was decided for want of better knowledge. */
export type Doubt =
  /** There are others; the first was taken. */
  | { readonly kind: "several apps"; readonly taken: string; readonly others: readonly string[] }
  | { readonly kind: "factory needs arguments"; readonly path: string; readonly name: string }
  | { readonly kind: "in a folder"; readonly folder: string }
  /** The project names a program that is not here. */
  | { readonly kind: "unknown program"; readonly path: string; readonly program: string }
  | { readonly kind: "unreadable command"; readonly path: string; readonly line: string }
  /** Bottle's own app has no name in the file. */
  | { readonly kind: "app without a name"; readonly path: string }
  /** It asks for a port where only `python <path>` does what it says. */
  | { readonly kind: "port of its own"; readonly path: string; readonly line: number; readonly port: number }
  | { readonly kind: "needs variable"; readonly path: string; readonly line: number; readonly name: string };

/** A database, cache or queue that is a server of its own, and so not in the page. */
export type DatabaseServer =
  | "PostgreSQL"
  | "MySQL"
  | "Oracle"
  | "SQL Server"
  | "MongoDB"
  | "Redis"
  | "Memcached"
  | "RabbitMQ"
  | "Elasticsearch"
  | "Cassandra"
  | "Neo4j";

/** What will go wrong. Lines count from 1. */
export type Problem =
  | { readonly kind: "no app"; readonly hasPython: boolean }
  | { readonly kind: "not python"; readonly path: string; readonly line: number }
  | { readonly kind: "runs at import"; readonly path: string; readonly line: number; readonly call: string }
  | { readonly kind: "thread at import"; readonly path: string; readonly line: number }
  | {
      readonly kind: "database server";
      readonly path: string;
      readonly server: DatabaseServer;
      readonly django: boolean;
    }
  /** A file has the name of a package that the app needs. */
  | { readonly kind: "shadows package"; readonly path: string; readonly name: string };

/** Something to be done once before the servers start, as the project itself offers it. */
export interface Task {
  readonly kind: "migrate" | "db upgrade" | "init";
  readonly command: string;
}

/** What a project is. */
export interface Recognition {
  /** Absent: no app was found. */
  readonly app?: {
    readonly kind: AppKind;
    /** The file in which it was found. */
    readonly path: string;
    /** As a server is told where it is: `shop.wsgi:application`. */
    readonly target: string;
    readonly development: Proposal;
    readonly production: Proposal;
  };
  readonly doubts: readonly Doubt[];
  readonly problems: readonly Problem[];
  readonly tasks: readonly Task[];
}
