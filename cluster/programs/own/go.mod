module moodle-platform.invalid/cluster/own

go 1.25.0
