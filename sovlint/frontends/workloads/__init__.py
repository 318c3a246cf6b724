"""What runs by the word of a cloud's own types: functions, tasks, apps. Shared by the front ends that read those."""
