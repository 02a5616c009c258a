<?php

declare(strict_types=1);

namespace MoodleImage;

use RuntimeException;

/**
 * Brings a database to the code of the image: installs, upgrades, does nothing or refuses. Every step can be repeated, and a run that was cut is
 * finished by the next. A site that this program has closed is opened again only when all went well.
 */
final class Release
{
    /** Longer than a runner may take for its last task when it is told to stop, which it is at every release. */
    private const TASKS_SECONDS = 1200;

    private readonly MoodleCode $code;
    private readonly MoodleDatabase $moodle;
    private readonly ReleaseRecord $record;
    private readonly Maintenance $maintenance;
    private readonly int $memoryLimitMib;

    public function __construct(
        private readonly Environment $environment,
        private readonly Patience $patience,
        Database $database,
        private readonly ReleaseLock $lock,
    ) {
        $this->code = MoodleCode::read();
        $this->moodle = new MoodleDatabase($database);
        $this->record = new ReleaseRecord($database);
        $this->memoryLimitMib = $environment->integer('MOODLE_PHP_MEMORY_LIMIT_MIB');
        $this->maintenance = new Maintenance($environment->text('MOODLE_DATAROOT'), $this->memoryLimitMib);
    }

    /** @return string what was done: installed, upgraded or unchanged */
    public function run(): string
    {
        $this->refuseOtherCode();
        $phase = $this->record->phase();
        if ($phase === ReleaseRecord::INSTALLING || $this->moodle->tables() === []) {
            $this->install();
            return 'installed';
        }
        $this->refuseUnknownOrNewerDatabase();
        $this->awaitOtherUpgrade();

        $pending = MoodleCommand::run('upgrade', ['--is-maintenance-required'], $this->memoryLimitMib);
        switch ($pending->status) {
            case 0:
                $this->mustBelongToCode($pending);
                if ($phase === null) {
                    $this->step('nothing');
                    return 'unchanged';
                }
                $this->finish($phase);
                return 'upgraded';
            case 2:
                $this->upgradeClosed();
                return 'upgraded';
            case 3:
                // What is left of an upgrade that closed the site is done while it is closed.
                $phase === ReleaseRecord::CLOSED ? $this->upgradeClosed() : $this->upgradeOpen();
                return 'upgraded';
            default:
                throw new RuntimeException("Moodle does not say whether to upgrade; nothing was changed. {$pending->failure()}");
        }
    }

    private function refuseOtherCode(): void
    {
        $wanted = $this->environment->text('MOODLE_VERSION');
        if ($this->code->pointRelease() !== $wanted) {
            throw new RuntimeException("the image holds Moodle {$this->code->release}, and MOODLE_VERSION is {$wanted}; nothing was changed. Set the version to the image's, or take another image");
        }
    }

    private function refuseUnknownOrNewerDatabase(): void
    {
        $version = $this->moodle->setting('version');
        if ($version === null) {
            throw new RuntimeException('the database holds tables of Moodle but no version, and this program did not make them; nothing was changed. '
                . 'Restore the database, or empty it if it never was a site');
        }
        if ($this->code->isOlderThan($version)) {
            $release = $this->moodle->setting('release') ?? $version;
            throw new RuntimeException("the database belongs to Moodle {$release}, version {$version}, and the image holds the older "
                . "{$this->code->release}, version {$this->code->version}; nothing was changed. "
                . 'Moodle cannot go back: take an image at least as new, or restore the database of the older one');
        }
        $older = (new PluginVersions(CodeTree::ofImage()))->older($this->moodle->pluginVersions());
        if ($older !== []) {
            throw new RuntimeException('the image holds older plugins than the database belongs to; nothing was changed. '
                . 'Moodle cannot go back: take an image with plugins at least as new. ' . implode('; ', $older));
        }
    }

    /** Moodle refuses every page and command until this time, also after an upgrade that was cut. */
    private function awaitOtherUpgrade(): void
    {
        $this->patience->await('the end of an upgrade', function (): ?string {
            $until = (int) $this->moodle->setting('upgraderunning');
            return $until > time() ? 'Moodle counts it as running until ' . gmdate('Y-m-d\TH:i:s\Z', $until) : null;
        });
    }

    private function install(): void
    {
        if ($this->moodle->tables() !== []) {
            if ($this->moodle->isInhabited()) {
                throw new RuntimeException('an earlier installation was cut, but the database holds courses or users by now; nothing was changed. '
                    . 'Empty the database if they may go');
            }
            $this->step('clear', ['because' => 'an earlier installation was cut']);
            $this->moodle->dropTables();
        }
        $this->step('install', ['to' => $this->code->release]);
        $this->record->enter(ReleaseRecord::INSTALLING, $this->environment->text('MOODLE_RELEASE'));
        $this->mustBelongToCode(MoodleCommand::install($this->memoryLimitMib));
        $this->lock->mustBeHeld();
        $this->record->leave();
    }

    /** Moodle found that the database or the plugins change their shape: old code must not work on it. */
    private function upgradeClosed(): void
    {
        $release = $this->environment->text('MOODLE_RELEASE');
        $this->step('stopTasks');
        MoodleCommand::run('cron', ['--stop'], $this->memoryLimitMib)->mustSucceed();
        $consequence = $this->maintenance->isOn() ? 'the site stays closed' : 'nothing was changed';
        $this->awaitNone('tasks', $this->moodle->runningTasks(...), self::TASKS_SECONDS, $consequence);

        // A site that somebody else has closed is theirs to open.
        if (!$this->maintenance->isOn() || $this->record->phase() === ReleaseRecord::CLOSED) {
            $this->step('close');
            $this->record->enter(ReleaseRecord::CLOSED, $release);
            $this->maintenance->enable();
        }
        $longest = max(self::TASKS_SECONDS, $this->environment->integer('MOODLE_REQUEST_TIMEOUT_SECONDS') + 60);
        $this->awaitNone('requests', $this->moodle->runningRequests(...), $longest, 'the site stays closed');

        $this->step('upgrade', $this->versions() + ['closed' => true]);
        $this->mustBelongToCode(MoodleCommand::run('upgrade', ['--non-interactive'], $this->memoryLimitMib));
        $this->finish($this->record->phase());
    }

    /** Only versions change: visitors notice nothing. */
    private function upgradeOpen(): void
    {
        $this->step('upgrade', $this->versions() + ['closed' => false]);
        $this->record->enter(ReleaseRecord::ROLLING, $this->environment->text('MOODLE_RELEASE'));
        // Without "=false", which Moodle takes for true.
        $this->mustBelongToCode(MoodleCommand::run('upgrade', ['--non-interactive', '--no-maintenance', '--set-ui-upgrade-lock'], $this->memoryLimitMib));
        $this->finish(ReleaseRecord::ROLLING);
    }

    /** Moodle ends with 0 also where its start gives up with a message, so that the status alone proves nothing. */
    private function mustBelongToCode(MoodleCommand $command): void
    {
        $command->mustSucceed();
        $version = $this->moodle->setting('version');
        if ($version === null || $this->code->isNewerThan($version)) {
            $found = $version ?? 'none';
            throw new RuntimeException("the database has the version {$found} and not the code's {$this->code->version}, yet {$command->failure()}");
        }
    }

    /** What is left to do after an upgrade, now or in the run that cut it short. */
    private function finish(?string $phase): void
    {
        if ($phase === null) {
            $this->step('leaveClosed', ['because' => 'somebody else has closed the site']);
            return;
        }
        $this->awaitWebPods();
        if ($phase === ReleaseRecord::ROLLING) {
            $this->step('emptyCaches');
            // One after another, as Moodle asks for after an upgrade without maintenance.
            foreach (['--muc', '--js', '--filter', '--other'] as $cache) {
                MoodleCommand::run('purge_caches', [$cache], $this->memoryLimitMib)->mustSucceed();
            }
        }
        if ((bool) $this->moodle->setting('outagelessupgrade')) {
            MoodleCommand::run('upgrade', ['--unset-ui-upgrade-lock'], $this->memoryLimitMib)->mustSucceed();
        }
        if ($phase === ReleaseRecord::CLOSED) {
            $this->step('open');
            $this->maintenance->disable();
        }
        $this->record->leave();
    }

    private function awaitWebPods(): void
    {
        $host = $this->environment->optionalText('MOODLE_WEB_PODS_HOST');
        if ($host === null) {
            return;
        }
        $this->step('awaitWebPods');
        $pods = new WebPods($host, $this->environment->integer('MOODLE_PROBE_PORT'), $this->environment->text('MOODLE_RELEASE'));
        $this->patience->await('web pods of this release alone', $pods->obstacle(...));
    }

    /** @param callable(): int $count */
    private function awaitNone(string $what, callable $count, int $atMostSeconds, string $consequence): void
    {
        $giveUp = microtime(true) + $atMostSeconds;
        $this->patience->await("running {$what}", static function () use ($what, $count, $giveUp, $atMostSeconds, $consequence): ?string {
            $left = $count();
            if ($left > 0 && microtime(true) > $giveUp) {
                throw new RuntimeException("{$left} {$what} still run after {$atMostSeconds} seconds; {$consequence}");
            }
            return $left === 0 ? null : "{$left} left";
        });
    }

    /** @return array<string, ?string> */
    private function versions(): array
    {
        return ['from' => $this->moodle->setting('release'), 'to' => $this->code->release];
    }

    /** @param array<string, mixed> $fields */
    private function step(string $step, array $fields = []): void
    {
        $this->patience->goOn("before the step {$step}");
        $this->lock->mustBeHeld();
        LogLine::write('release.step', ['step' => $step, ...$fields]);
    }
}
