namespace Apc.ControlPlane.Api.Access.AuditLogs;
