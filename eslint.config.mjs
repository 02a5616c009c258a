import { createNodeResolver, importX } from "eslint-plugin-import-x";
import tseslint from "typescript-eslint";

const clouds = { aws: "aws", azure: "azure-native", gcp: "gcp" };
const cloudSdks = Object.values(clouds);
const resourceSdks = [...cloudSdks, "kubernetes", "random"];
const sdk = (name) => `./node_modules/@pulumi/${name}`;

// One direction: config → plan → foundation → values → release → outputs. A file may look to its left only.
const zones = [
  {
    target: ["./components", "./providers", "./guard", "./images", "./cluster", "./toolchain", "./rehearsal", "./tests", "./bench", "./docs"],
    from: "./index.ts",
    message: "index.ts is the first consumer of the library; nothing imports it.",
  },
  {
    target: ["./components", "./providers", "./guard", "./images", "./cluster", "./toolchain", "./index.ts", "./program"],
    from: ["./rehearsal", "./tests", "./bench", "./docs"],
    message: "The product does not know how it is practised, tested, measured or documented.",
  },
  ...["config", "plan", "moodle"].flatMap((folder) => [
    {
      target: `./components/${folder}`,
      from: resourceSdks.map(sdk),
      message: "Folders in components/ only think; resources are created by the files of components/ and by providers/.",
    },
    {
      target: `./components/${folder}`,
      from: "./components/*.ts",
      message: "Folders in components/ only think; the files that create resources lie to their right.",
    },
  ]),
  {
    target: ["./components/config", "./components/plan"],
    from: "./providers",
    message: "What the operator says and what we decide does not depend on what a cloud gives.",
  },
  {
    target: "./components/moodle",
    from: "./providers",
    except: ["./contract.ts"],
    message: "Of providers/, the Moodle folder knows the contract's types and nothing else.",
  },
  {
    target: "./components/config",
    from: ["./components/plan", "./components/moodle/chartValues.ts"],
    message: "config comes before plan and values.",
  },
  {
    target: "./components/plan",
    from: "./components/moodle/chartValues.ts",
    message: "plan comes before values.",
  },
  {
    target: ["./components", "./providers", "./index.ts", "./program"],
    from: ["./guard", "./images", "./cluster"],
    message: "The guard looks at what a program left, and images and clusters are made beside it; the program knows none of them.",
  },
  {
    target: ["./components", "./guard"],
    from: [...cloudSdks.map(sdk), ...Object.keys(clouds).map((cloud) => `./providers/${cloud}`)],
    message: "A cloud's SDK and adapter are known in providers/ alone.",
  },
  {
    target: "./providers",
    from: "./components/*.ts",
    message: "An adapter answers the contract; it does not know the components that ask.",
  },
  {
    target: "./providers/*.ts",
    from: cloudSdks.map(sdk),
    message: "A cloud's SDK is imported in that cloud's folder.",
  },
  ...Object.entries(clouds).map(([cloud, own]) => ({
    target: `./providers/${cloud}`,
    from: [
      ...cloudSdks.filter((name) => name !== own).map(sdk),
      ...Object.keys(clouds).filter((other) => other !== cloud).map((other) => `./providers/${other}`),
    ],
    message: "One cloud's adapter knows nothing of another cloud.",
  })),
];

// Errors and containers of the language may be made inside `apply`; anything else could be a resource, which a preview
// would then not see.
const notResources = "/(^(Array|Date|Map|RegExp|Set|TextDecoder|TextEncoder|URL|URLSearchParams)$)|Error$/";

const everywhere = [
  {
    selector: `CallExpression[callee.property.name="apply"] NewExpression:not([callee.name=${notResources}])`,
    message: "No `new` inside `apply`: a preview cannot see what is created there. Decide from the plan.",
  },
  { selector: "TSEnumDeclaration", message: "A union of string literals says the same and is plain JSON." },
];

export default tseslint.config(
  { ignores: ["node_modules/", "**/*.d.cts"] },
  {
    files: ["**/*.ts"],
    extends: [tseslint.configs.base, importX.flatConfigs.typescript],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    linterOptions: { reportUnusedDisableDirectives: "error", noInlineConfig: true },
    settings: { "import-x/resolver-next": [createNodeResolver({ extensions: [".ts", ".js", ".json", ".d.ts"] })] },
    rules: {
      "@typescript-eslint/await-thenable": "error",
      "@typescript-eslint/ban-ts-comment": "error",
      "@typescript-eslint/consistent-type-imports": ["error", { fixStyle: "inline-type-imports", disallowTypeAnnotations: false }],
      "@typescript-eslint/no-explicit-any": "error",
      "@typescript-eslint/no-floating-promises": "error",
      "@typescript-eslint/no-misused-promises": "error",
      "@typescript-eslint/no-non-null-assertion": "error",
      "@typescript-eslint/no-unsafe-argument": "error",
      "@typescript-eslint/no-unsafe-assignment": "error",
      "@typescript-eslint/no-unsafe-call": "error",
      "@typescript-eslint/no-unsafe-member-access": "error",
      "@typescript-eslint/no-unsafe-return": "error",
      "@typescript-eslint/switch-exhaustiveness-check": ["error", { considerDefaultExhaustiveForUnions: true }],
      eqeqeq: "error",
      "import-x/no-cycle": ["error", { ignoreExternal: true }],
      "import-x/no-restricted-paths": ["error", { zones, basePath: import.meta.dirname }],
      "no-restricted-imports": [
        "error",
        {
          paths: [...cloudSdks, "kubernetes"].map((name) => ({
            name: `@pulumi/${name}`,
            message: `Import the module that is meant (@pulumi/${name}/…): the whole SDK costs every preview and every type check.`,
          })),
          patterns: [{ regex: "^@pulumi/eks", message: "A remote component: its provider would have to run even for a preview." }],
        },
      ],
      "no-restricted-syntax": ["error", ...everywhere],
      "no-warning-comments": ["error", { terms: ["todo", "fixme", "xxx"], location: "start" }],
      "prefer-const": "error",
    },
  },
  {
    files: ["components/plan/**/*.ts", "components/moodle/**/*.ts"],
    ignores: ["components/moodle/chartValues.ts"],
    rules: {
      "no-restricted-syntax": [
        "error",
        ...everywhere,
        {
          selector: 'ImportDeclaration[importKind!="type"][source.value=/^@pulumi.pulumi/]',
          message: "This stage is plain data: of @pulumi/pulumi it may know types only.",
        },
      ],
    },
  },
  {
    files: ["providers/contract.ts"],
    rules: {
      "no-restricted-syntax": [
        "error",
        ...everywhere,
        { selector: 'ImportDeclaration[importKind!="type"]', message: "The contract is types, made of types." },
      ],
    },
  },
);
