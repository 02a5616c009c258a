<?php

declare(strict_types=1);

namespace MoodleImage;

use LogicException;

/**
 * The variables of the contract, checked and with their types. An empty variable is an absent one.
 */
final class Environment
{
    /** @param array<string, string|int|list<string>> $values */
    private function __construct(private readonly array $values, public readonly Secrets $secrets)
    {
    }

    /**
     * @param string $program one of the readers in environment.ts: it needs what it reads and may be given the rest
     * @param array<string, string>|null $given instead of the process's own environment
     * @throws EnvironmentError that lists everything that is missing, not allowed or contradicts something else
     */
    public static function read(string $program, ?array $given = null): self
    {
        $given ??= getenv();
        $problems = [];
        $values = [];
        foreach (Contract::variables() as $name => $declaration) {
            $text = $given[$name] ?? '';
            if ($text !== '') {
                $value = self::parsed($text, $declaration['value']);
                if ($value === null) {
                    $problems[] = sprintf('%s: %s was given; allowed: %s', $name, Contract::quoted($text), $declaration['value']['allowed']);
                } else {
                    $values[$name] = $value;
                }
            } elseif (Contract::reads($program, $declaration) && Contract::requires($declaration, $given)) {
                $problems[] = sprintf('%s: is missing; %sallowed: %s', $name, self::because($declaration, $given), $declaration['value']['allowed']);
            }
        }
        $environment = new self($values, new Secrets($given['MOODLE_SECRETS_DIR'] ?? ''));
        if ($program !== 'nginx') {
            $problems = [...$problems, ...$environment->secrets->problems($program, $given), ...Contradictions::in($environment)];
        }
        if ($problems !== []) {
            throw new EnvironmentError($problems);
        }
        return $environment;
    }

    /** A variable of the kinds text and choice. */
    public function text(string $name): string
    {
        return $this->optionalText($name) ?? throw new LogicException("{$name} is not given to this program");
    }

    public function optionalText(string $name): ?string
    {
        $value = $this->value($name);
        return is_string($value) ? $value : null;
    }

    public function integer(string $name): int
    {
        return $this->optionalInteger($name) ?? throw new LogicException("{$name} is not given to this program");
    }

    public function optionalInteger(string $name): ?int
    {
        $value = $this->value($name);
        return is_int($value) ? $value : null;
    }

    /** @return list<string> empty when the variable is absent */
    public function list(string $name): array
    {
        $value = $this->value($name);
        return is_array($value) ? $value : [];
    }

    /** Whether a variable has this value. */
    public function is(string $name, string $value): bool
    {
        return $this->value($name) === $value;
    }

    /** @return string|int|list<string>|null */
    private function value(string $name): string|int|array|null
    {
        if (!isset(Contract::variables()[$name])) {
            throw new LogicException("the contract has no variable {$name}");
        }
        return $this->values[$name] ?? null;
    }

    /**
     * @param array<string, mixed> $declared
     * @return string|int|list<string>|null null when it is not allowed
     */
    private static function parsed(string $text, array $declared): string|int|array|null
    {
        switch ($declared['kind']) {
            case 'integer':
                // Nothing in the contract comes near 10 digits; more would overflow silently.
                $number = preg_match('/^[0-9]{1,9}$/D', $text) === 1 ? (int) $text : -1;
                return $number >= $declared['least'] && $number <= ($declared['most'] ?? PHP_INT_MAX) ? $number : null;
            case 'choice':
                return in_array($text, $declared['of'], true) ? $text : null;
            case 'list':
                $items = array_map('trim', explode(',', $text));
                return array_filter($items, static fn (string $item): bool => !self::matches($item, $declared['pattern'])) === [] ? $items : null;
            default:
                return self::matches($text, $declared['pattern']) ? $text : null;
        }
    }

    private static function matches(string $text, string $pattern): bool
    {
        return preg_match("\x01^(?:{$pattern})$\x01D", $text) === 1;
    }

    /**
     * @param array<string, mixed> $declaration
     * @param array<string, string> $given
     */
    private static function because(array $declaration, array $given): string
    {
        if (!is_array($declaration['required'])) {
            return '';
        }
        $variable = $declaration['required']['variable'];
        return sprintf('it is needed because %s is %s; ', $variable, $given[$variable]);
    }
}
