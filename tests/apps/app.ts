// The form of a row in the tables of apps.

/** How a built app runs. In commands, DESK and PORT are replaced by the address and the port. */
export type Run =
  /** A program that prints only its result. */
  | { readonly kind: 'program'; readonly command: readonly string[] }
  /** A command that only has to succeed. */
  | { readonly kind: 'suite'; readonly command: readonly string[] }
  /** A folder of files on a plain server, or opened from the disk. */
  | {
      readonly kind: 'page';
      readonly folder: string;
      /** The path of the page, if it is not `index.html` of the folder. */
      readonly path?: string;
      readonly policy?: string;
      /** The type with which the server sends WebAssembly, if not with the right one. */
      readonly wasmType?: string;
    }
  | { readonly kind: 'disk'; readonly file: string }
  /** A server that the app brings, and its page. The environment contains the port. */
  | { readonly kind: 'server'; readonly command: readonly string[] }
  /** An unpacked extension, whose background sends the result to its page. */
  | { readonly kind: 'extension'; readonly folder: string };

export interface App {
  readonly name: string;
  /** The packages of this repository that the app uses. */
  readonly uses?: readonly string[];
  /** The packages to install for the app, with their versions. */
  readonly needs?: Readonly<Record<string, string>>;
  readonly files: Readonly<Record<string, string>>;
  /** More fields of its package.json. */
  readonly manifest?: object;
  /** The package manager, if it is not npm. */
  readonly manager?: 'pnpm' | 'yarn';
  readonly build?: readonly (readonly string[])[];
  /** Commands that must fail, because the types find a mistake. Each error says this. */
  readonly refused?: readonly {
    readonly command: readonly string[];
    readonly error: RegExp;
  }[];
  readonly run: Run;
  /** Where the WebAssembly comes from, if the page does not show it. */
  readonly core?: string;
  /** The expected result. */
  readonly outcome?: string | RegExp;
  /** The folder of the built app. It contains one .wasm file, or none if the app inlines it. */
  readonly output?: string;
  /** True if the app uses `valet-park/lot`, and so a second .wasm file. */
  readonly usesLot?: boolean;
}
